"""Scorecards -> a gradebook as CSV, one row a submission.

Points are rounded here, once, each from its exact sum. What still waits for a person
is withheld: the part's cell and the total stay empty, `so_far` has what is decided,
and `waiting` says how many points are open. An empty total cannot be uploaded by
mistake, where a smaller one could.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from grader.export.atomic import write_atomically
from grader.export.points import to_text
from grader.model.rubric import Assignment
from grader.model.score import PartScore, Scorecard
from grader.model.shown import one_line
from grader.model.verdict import Outcome

_FORMULA_STARTS: Final = tuple(
    "=+-@\t\r＝＋－＠"
)  # the wide ones, too, are formulas to some


def write_gradebook(
    path: Path, scorecards: Sequence[Scorecard], assignment: Assignment
) -> None:
    """Write the gradebook of *scorecards* to *path*."""
    write_atomically(path, to_csv(rows(scorecards, assignment)))


def rows(scorecards: Iterable[Scorecard], assignment: Assignment) -> list[list[str]]:
    """Return the header and a row for each of *scorecards*."""
    names = [part.id for part in assignment.parts]
    header = ["id", "name", *names, "total", "so_far", "possible"]
    header += ["days_late", "deducted", "waiting", "outcome"]
    return [header, *(_row(card, names) for card in scorecards)]


def to_csv(cells: Iterable[Iterable[str]]) -> str:
    """Return rows of *cells* as CSV that no spreadsheet takes for formulas."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerows([defused(cell) for cell in row] for row in cells)
    return stream.getvalue()


def defused(cell: str) -> str:
    """Return *cell* on one line, quoted where a spreadsheet would compute it."""
    shown = one_line(cell)
    return (
        f"'{shown}"
        if cell.startswith(_FORMULA_STARTS) or shown.startswith(_FORMULA_STARTS)
        else shown
    )


def outcome(card: Scorecard) -> str:
    """Return how a submission fared, in one word."""
    if card.trouble:
        return "unreadable"
    if "no-submission" in card.remarks:
        return "not-submitted"
    if card.waiting:
        return "waiting"
    failed = any(p.outcome is Outcome.FAILED for p in card.parts)
    return "graded-with-failures" if failed else "graded"


def _row(card: Scorecard, names: Sequence[str]) -> list[str]:
    parts = {p.part: p for p in card.parts}
    late = card.lateness
    return [
        card.submission,
        card.student_name,
        *(_points(parts.get(name)) for name in names),
        "" if card.waiting else to_text(card.earned),
        to_text(card.earned),
        to_text(card.possible),
        str(late.days) if late else "0",
        to_text(late.deducted) if late else "0",
        to_text(card.waiting),
        outcome(card),
    ]


def _points(part: PartScore | None) -> str:
    return "" if part is None or part.waiting else to_text(part.earned)
