"""Scorecards -> the CSV that Brightspace imports, by the students' own ids."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from grader.export.gradebook import to_csv
from grader.export.points import to_text
from grader.export.roll import Filled, is_final
from grader.model.score import Scorecard

NO_IDS: Final[Mapping[str, str]] = MappingProxyType({})


def to_table(
    scorecards: Iterable[Scorecard],
    *,
    item: str,
    ids: Mapping[str, str] = NO_IDS,
) -> Filled:
    """Return the points of the grade *item*.

    `OrgDefinedId` holds what *ids*, a roster's, say of a submission, else its own id.
    """
    header = ["OrgDefinedId", f"{item} Points Grade", "End-of-Line Indicator"]
    final = [card for card in scorecards if is_final(card)]
    rows = (
        [ids.get(card.submission) or card.submission, to_text(card.earned), "#"]
        for card in final
    )
    return Filled(
        table=to_csv([header, *rows]),
        submissions=frozenset(card.submission for card in final),
    )
