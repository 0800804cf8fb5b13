"""Scorecards -> one page for staff: the class, its parts, and a link to each student."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from grader.export.gradebook import outcome
from grader.export.outcomes import LOOKS
from grader.export.page import render
from grader.model.rubric import Assignment, Part
from grader.model.score import Basis, CriterionScore, PartScore, Scorecard
from grader.model.shown import one_line
from grader.model.verdict import Outcome

BARS: Final = 10
MOST_REASONS: Final = 3
"""The commonest reasons of a part tell a teacher what to say in class."""

_NONE: Final = Fraction(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """Submissions within one tenth of the points."""

    low: int
    high: int
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PartSummary:
    """How a class fared in one part: outcomes, mean share, commonest reasons."""

    part: str
    title: str
    possible: Fraction
    mean: Fraction
    counts: tuple[tuple[Outcome, int], ...]
    reasons: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One submission in the table; *link* may be empty."""

    card: Scorecard
    link: str
    outcome: str


def to_overview(
    scorecards: Sequence[Scorecard],
    assignment: Assignment,
    *,
    links: Mapping[str, str] | None = None,
) -> str:
    """Return the page; *links* are addresses of pages by submission."""
    known = links or {}
    return render(
        "overview.html.j2",
        assignment=assignment,
        lines=[
            Line(card=c, link=known.get(c.submission, ""), outcome=outcome(c))
            for c in scorecards
        ],
        bars=histogram(scorecards),
        parts=[summarise(part, scorecards) for part in assignment.parts],
        middle=median([c.earned for c in scorecards]),
        mean=mean([c.earned for c in scorecards]),
        possible=max((c.possible for c in scorecards), default=_NONE),
        waiting=sum(bool(p.waiting) for c in scorecards for p in c.parts),
        order=list(LOOKS),
        one_line=one_line,
    )


def histogram(scorecards: Sequence[Scorecard]) -> list[Bar]:
    """Return how many submissions lie in each tenth of the points."""
    counts = Counter(
        min(BARS - 1, int(c.earned / c.possible * BARS))
        for c in scorecards
        if c.possible
    )
    step = 100 // BARS
    return [
        Bar(low=n * step, high=(n + 1) * step, count=counts[n]) for n in range(BARS)
    ]


def summarise(part: Part, scorecards: Sequence[Scorecard]) -> PartSummary:
    """Return how *scorecards* fared in *part*."""
    scores = [p for c in scorecards for p in c.parts if p.part == part.id]
    counts = Counter(score.outcome for score in scores)
    reasons = Counter(r for score in scores for r in _reasons(score))
    return PartSummary(
        part=part.id,
        title=part.title,
        possible=part.points,
        mean=mean([score.earned for score in scores]),
        counts=tuple((o, counts[o]) for o in LOOKS if counts[o]),
        reasons=tuple(reasons.most_common(MOST_REASONS)),
    )


def mean(numbers: Sequence[Fraction]) -> Fraction:
    """Return the mean, nought for nothing."""
    return sum(numbers, _NONE) / len(numbers) if numbers else _NONE


def median(numbers: Sequence[Fraction]) -> Fraction:
    """Return the median, nought for nothing."""
    if not numbers:
        return _NONE
    ranked = sorted(numbers)
    middle = len(ranked) // 2
    if len(ranked) % 2:
        return ranked[middle]
    return (ranked[middle - 1] + ranked[middle]) / 2


def _reasons(score: PartScore) -> list[str]:
    return [
        _reason(c) for c in score.criteria if c.verdict.outcome is not Outcome.CORRECT
    ]


def _reason(score: CriterionScore) -> str:
    if score.basis is Basis.MISTAKE and score.remarks:
        return one_line(score.remarks[0].text, limit=90)
    if score.basis is Basis.FOLLOW_THROUGH:  # right, but for an earlier answer
        return "follow-through"
    return score.verdict.reason.replace("-", " ")
