"""A grading worksheet downloaded from Moodle and feedback -> the same, filled in.

The columns' names are the site's own language's, so a worksheet is filled in and
never made up; the caller says what the two columns are called there.
"""

import csv
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from grader.errors import SubmissionError
from grader.export.points import to_text
from grader.export.roll import NO_OTHER_NAMES, Filled, by_name, find, is_final
from grader.model.score import Scorecard

_NUMBER: Final = re.compile(r"\d+$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """What the site calls the columns that are filled in."""

    grade: str = "Grade"
    feedback: str = "Feedback comments"


def fill(
    worksheet: str,
    scorecards: Iterable[Scorecard],
    *,
    comments: dict[str, str] | None = None,
    columns: Columns = Columns(),
    others: Mapping[str, tuple[str, ...]] = NO_OTHER_NAMES,
) -> Filled:
    """Return *worksheet* with the grades that are final.

    *comments* are HTML by submission, *others* further names by which a row finds one.
    Every other cell stays as it was, since Moodle
    skips rows whose dates it does not know again.

    Raises:
        SubmissionError: *worksheet* has no such columns.
    """
    rows = list(csv.reader(io.StringIO(worksheet.removeprefix("\ufeff"))))
    header = rows[0] if rows else []
    if columns.grade not in header:
        offered = ", ".join(repr(name) for name in header[:15])
        raise SubmissionError(
            where="the grading worksheet",
            what=f"it has no column {columns.grade!r}",
            mend=f"say what it is called there: {offered}",
        )
    cards = by_name(scorecards, others)
    found: set[str] = set()
    said = comments or {}
    for row in rows[1:]:
        card = find(cards, _names(row)) if len(row) == len(header) else None
        if card is None or not is_final(card):
            continue
        row[header.index(columns.grade)] = to_text(card.earned)
        found.add(card.submission)
        if columns.feedback in header and card.submission in said:
            row[header.index(columns.feedback)] = said[card.submission]
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\r\n").writerows(rows)
    return Filled(table=stream.getvalue(), submissions=frozenset(found))


def _names(row: list[str]) -> list[str]:
    """Return what a row may be known by: its number, then name and address."""
    number = _NUMBER.search(row[0])
    return [*([number[0]] if number else []), *row[:3]]
