"""Scorecards -> the CSV that Brightspace imports, by the students' own ids."""

from collections.abc import Iterable

from grader.export.gradebook import to_csv
from grader.export.points import to_text
from grader.export.roll import is_final
from grader.model.score import Scorecard


def to_table(scorecards: Iterable[Scorecard], *, item: str) -> str:
    """Return the points of the grade *item*; ids are what `OrgDefinedId` holds."""
    header = ["OrgDefinedId", f"{item} Points Grade", "End-of-Line Indicator"]
    rows = (
        [card.submission, to_text(card.earned), "#"]
        for card in scorecards
        if is_final(card)
    )
    return to_csv([header, *rows])
