"""Verdicts on one criterion -> what it earns, and on which basis."""

from dataclasses import dataclass, replace
from fractions import Fraction

from grader.model.rubric import Criterion
from grader.model.score import Basis, CriterionScore, Remark
from grader.model.verdict import FULL, NONE, Outcome, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One way to see the answer: its verdict, and the share that it is worth."""

    basis: Basis
    verdict: Verdict
    share: Fraction = FULL
    say: str = ""

    @property
    def credit(self) -> Fraction:
        """The share of the points that this way gives."""
        if self.share is FULL:  # of most ways: not worth multiplying
            return self.verdict.credit
        return self.verdict.credit * self.share


def settle(
    criterion: Criterion,
    as_set: Verdict,
    candidates: tuple[Candidate, ...] = (),
    *,
    student_verdict: Verdict | None = None,
    fault: str = "",
) -> CriterionScore:
    """Let the best way to see the answer count.

    As set comes first among equals, then follow-through, then a recognised mistake.
    A way that is undecided and could still earn more than the best of the others
    makes the whole undecided: what a person has to look at is not settled by less.
    """
    alone = Candidate(basis=Basis.AS_SET, verdict=as_set)
    best = _best((alone, *candidates)) if candidates else alone
    return CriterionScore(
        answer=criterion.answer,
        possible=criterion.points,
        earned=criterion.points * best.credit,
        basis=best.basis,
        verdict=_told(best, as_set),
        as_set=None if best.basis is Basis.AS_SET else as_set,
        remarks=_remarks(best),
        student_verdict=student_verdict,
        fault=fault,
    )


def by_hand(score: CriterionScore, credit: Fraction, remark: str) -> CriterionScore:
    """Let a person's credit and remark stand, whatever the machine found."""
    return replace(
        score,
        earned=score.possible * credit,
        basis=Basis.MANUAL,
        verdict=Verdict(
            outcome=_outcome(credit),
            credit=credit,
            reason="settled-by-hand",
            evidence=score.verdict.evidence,
        ),
        as_set=score.as_set or score.verdict,
        remarks=(Remark(text=remark, source=Basis.MANUAL),) if remark else (),
    )


def _best(ways: tuple[Candidate, ...]) -> Candidate:
    best = max(ways, key=lambda way: way.credit)  # the first among equals
    open_ways = (way for way in ways if way.verdict.outcome is Outcome.UNDECIDED)
    best = next((way for way in open_ways if way.share > best.credit), best)
    if best.credit == 0 and best.verdict.outcome is not Outcome.UNDECIDED:
        best = _recognised(ways) or best
    return best


def _recognised(ways: tuple[Candidate, ...]) -> Candidate | None:
    """Return a recognised mistake that earns nothing, for what it has to say."""
    return next(
        (
            way
            for way in ways
            if way.basis is Basis.MISTAKE and way.verdict.outcome is Outcome.CORRECT
        ),
        None,
    )


def _remarks(best: Candidate) -> tuple[Remark, ...]:
    """Say what a recognised mistake has to say, but not while that is in doubt."""
    if not best.say or best.verdict.outcome is Outcome.UNDECIDED:
        return ()
    return (Remark(text=best.say, source=best.basis),)


def _told(best: Candidate, as_set: Verdict) -> Verdict:
    if best.verdict.outcome is Outcome.UNDECIDED:
        return best.verdict
    if best.basis is not Basis.MISTAKE:
        if best.share == 1 or best.verdict.credit == 0:
            return best.verdict
        return replace(best.verdict, credit=best.credit, outcome=_outcome(best.credit))
    return Verdict(
        outcome=_outcome(best.credit),
        credit=best.credit,
        reason="recognised-mistake",
        evidence=as_set.evidence,
    )


def _outcome(credit: Fraction) -> Outcome:
    if credit == NONE:
        return Outcome.INCORRECT
    return Outcome.CORRECT if credit == 1 else Outcome.PARTIAL
