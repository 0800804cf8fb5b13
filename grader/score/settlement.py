"""What people settled by hand, put onto a scorecard: no automatic run overwrites it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from grader.model.score import CriterionScore, PartScore, Scorecard
from grader.score.credit import by_hand

Key = tuple[str, str, str]
"""Submission, part and answer: what tells one criterion of one student from all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """A person's credit and remark for one criterion of one submission."""

    submission: str
    part: str
    answer: str
    credit: Fraction
    remark: str = ""

    @property
    def key(self) -> Key:
        """What it settles."""
        return self.submission, self.part, self.answer


def by_key(settlements: Iterable[Settlement]) -> dict[Key, Settlement]:
    """Return *settlements* by what they settle; a later one stands for an earlier."""
    return {one.key: one for one in settlements}


def settle_by_hand(
    scorecard: Scorecard, settlements: Mapping[Key, Settlement]
) -> Scorecard:
    """Let every person's credit for *scorecard* stand in it."""
    own = scorecard.submission
    questions = tuple(
        replace(q, parts=tuple(_part(p, own, settlements) for p in q.parts))
        for q in scorecard.questions
    )
    return replace(scorecard, questions=questions)


def _part(
    score: PartScore, submission: str, settled: Mapping[Key, Settlement]
) -> PartScore:
    criteria = tuple(
        _criterion(c, settled.get((submission, score.part, c.answer)))
        for c in score.criteria
    )
    return replace(score, criteria=criteria)


def _criterion(score: CriterionScore, settled: Settlement | None) -> CriterionScore:
    return score if settled is None else by_hand(score, settled.credit, settled.remark)
