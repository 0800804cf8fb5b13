"""What a comparator finds: outcome, credit, reason, and how it is known."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from grader.model.answer import Value

FULL = Fraction(1)
NONE = Fraction(0)


class Outcome(StrEnum):
    """How an answer stands; UNDECIDED goes to a person."""

    CORRECT = "correct"
    PARTIAL = "partial"
    INCORRECT = "incorrect"
    MISSING = "missing"
    FAILED = "failed"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True, kw_only=True)
class Witness:
    """An input at which two answers differ, and the values there.

    *inputs* are (name, value); *expected* is for staff. A witness for students is
    drawn from points of its own and never shows *expected*.
    """

    inputs: tuple[tuple[str, Value], ...] = ()
    expected: Value = None
    given: Value = None
    gap: float | None = None
    allowed: float | None = None


Fact = str | int | float


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """How a verdict is known.

    *method* is a code: `identical`, `exact`, `agreed`, `within-tolerance`,
    `proved-different`, `beyond-tolerance`; *place* names where in an array or
    collection (`entry (3, 1)`); *facts* are what the wording needs beside.
    """

    method: str = ""
    points: int = 0
    digits: int = 0
    place: str = ""
    witness: Witness | None = None
    facts: tuple[tuple[str, Fact], ...] = ()

    def fact(self, name: str) -> Fact | None:
        """Return the fact called *name*, or None where there is none."""
        return dict(self.facts).get(name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """An outcome, the share of the points it is worth, and why."""

    outcome: Outcome
    credit: Fraction
    reason: str
    evidence: Evidence = Evidence()


def correct(reason: str = "agrees", evidence: Evidence = Evidence()) -> Verdict:
    """Return full credit."""
    return Verdict(
        outcome=Outcome.CORRECT, credit=FULL, reason=reason, evidence=evidence
    )


def incorrect(reason: str, evidence: Evidence = Evidence()) -> Verdict:
    """Return no credit, for a difference that was found."""
    return Verdict(
        outcome=Outcome.INCORRECT, credit=NONE, reason=reason, evidence=evidence
    )


def partial(
    credit: Fraction,
    reason: str,
    evidence: Evidence = Evidence(),
) -> Verdict:
    """Return a share of the credit."""
    return Verdict(
        outcome=Outcome.PARTIAL, credit=credit, reason=reason, evidence=evidence
    )


def undecided(reason: str, evidence: Evidence = Evidence()) -> Verdict:
    """Return no verdict: a person has to look."""
    return Verdict(
        outcome=Outcome.UNDECIDED, credit=NONE, reason=reason, evidence=evidence
    )
