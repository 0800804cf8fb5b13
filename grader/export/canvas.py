"""A gradebook exported from Canvas and scorecards -> the CSV that Canvas imports."""

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Final

from grader.errors import SubmissionError
from grader.export.gradebook import to_csv
from grader.export.points import to_text
from grader.export.roll import NO_OTHER_NAMES, Filled, by_name, find, is_final
from grader.model.score import Scorecard

_KEYS: Final = ("ID", "SIS User ID", "SIS Login ID", "Integration ID", "Student")
_LAST_COLUMN_OF_A_STUDENT: Final = "Section"


def fill(
    exported: str,
    scorecards: Iterable[Scorecard],
    *,
    column: str,
    others: Mapping[str, tuple[str, ...]] = NO_OTHER_NAMES,
) -> Filled:
    """Return *exported* with *column* filled, and without other assignments.

    *others* are further names of submissions, by which a row finds them.

    Only rows that have a final score are kept, since a blank cell may clear a grade
    and a student who is not matched would become a new one; the row of points
    possible is left out, since it could change them.

    Raises:
        SubmissionError: *exported* is no gradebook of Canvas, or has no such column.
    """
    rows = list(csv.reader(io.StringIO(exported.removeprefix("\ufeff"))))
    header = rows[0] if rows else []
    if _LAST_COLUMN_OF_A_STUDENT not in header or "ID" not in header:
        raise _refused(
            "it has no columns ID and Section", "export it from Canvas again"
        )
    if column not in header:
        offered = ", ".join(repr(c) for c in header[header.index("Section") + 1 :][:10])
        raise _refused(f"it has no column {column!r}", f"name one of {offered}")
    kept = range(header.index(_LAST_COLUMN_OF_A_STUDENT) + 1)
    cards = by_name(scorecards, others)
    found: set[str] = set()
    filled = [[header[n] for n in kept] + [column]]
    for row in rows[1:]:
        names = [row[header.index(k)] for k in _KEYS if k in header and len(row) > 3]  # noqa: PLR2004 - Canvas's own least
        card = find(cards, names)
        if card is not None and is_final(card):
            filled.append([row[n] for n in kept] + [to_text(card.earned)])
            found.add(card.submission)
    return Filled(table=to_csv(filled), submissions=frozenset(found))


def _refused(what: str, mend: str) -> SubmissionError:
    return SubmissionError(where="the gradebook from Canvas", what=what, mend=mend)
