"""One submission's scores, exact, with what they rest on."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from fractions import Fraction

from grader.model.answer import Transcript
from grader.model.verdict import Outcome, Verdict
from grader.model.writing import Mark


class Basis(StrEnum):
    """What the credit of a criterion rests on."""

    AS_SET = "as-set"
    FOLLOW_THROUGH = "follow-through"
    MISTAKE = "mistake"
    MANUAL = "manual"


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """A sentence of staff's own: a recognised mistake's `say`, or a reviewer's."""

    text: str
    source: Basis


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionScore:
    """What one criterion earned, on which basis, and the verdict behind it.

    *verdict* is the one that counted; *as_set* the one against the reference's own
    earlier answers where they differ. *fault* is ours, for staff only.
    """

    answer: str
    possible: Fraction
    earned: Fraction
    basis: Basis
    verdict: Verdict
    as_set: Verdict | None = None
    remarks: tuple[Remark, ...] = ()
    fault: str = ""
    student_verdict: Verdict | None = None  # judged at the feedback points alone

    @property
    def undecided(self) -> bool:
        """Whether a person still has to settle it."""
        return self.verdict.outcome is Outcome.UNDECIDED


@dataclass(frozen=True, slots=True, kw_only=True)
class PartScore:
    """A part's criteria, and their sum."""

    part: str
    title: str
    criteria: tuple[CriterionScore, ...]
    needs_run: bool = False  # its follow-through asks for a call that is not on record

    @property
    def possible(self) -> Fraction:
        """The points that the part can earn."""
        return sum((c.possible for c in self.criteria), Fraction(0))

    @property
    def earned(self) -> Fraction:
        """The points that it did earn, what is undecided not among them."""
        return sum((c.earned for c in self.criteria), Fraction(0))

    @property
    def waiting(self) -> Fraction:
        """The points that wait for a person."""
        return sum((c.possible for c in self.criteria if c.undecided), Fraction(0))

    @property
    def outcome(self) -> Outcome:
        """The criteria's outcome where they agree, else what their points say."""
        found = {c.verdict.outcome for c in self.criteria}
        if len(found) == 1:
            return found.pop()
        if Outcome.UNDECIDED in found:
            return Outcome.UNDECIDED
        return Outcome.PARTIAL if self.earned else Outcome.INCORRECT


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionScore:
    """A question's parts, under its cap."""

    question: str
    title: str
    parts: tuple[PartScore, ...]
    cap: Fraction | None = None

    @property
    def possible(self) -> Fraction:
        """The points that the question can earn."""
        total = sum((p.possible for p in self.parts), Fraction(0))
        return total if self.cap is None else min(total, self.cap)

    @property
    def earned(self) -> Fraction:
        """The points that it did earn."""
        total = sum((p.earned for p in self.parts), Fraction(0))
        return total if self.cap is None else min(total, self.cap)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lateness:
    """When a submission came, and what that takes away (points, as a positive number)."""

    submitted: datetime
    due: datetime
    days: int
    deducted: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Scorecard:
    """All that is to be said of one submission, for whichever audience."""

    submission: str
    assignment: str
    title: str
    questions: tuple[QuestionScore, ...]
    student_name: str = ""
    transcript: Transcript = Transcript()
    remarks: tuple[str, ...] = ()  # reason codes about the submission as a whole
    trouble: str = ""  # why the submission could not be read, in words for the student
    lateness: Lateness | None = None
    cap: Fraction | None = None
    marks: tuple[Mark, ...] = ()  # beside the statements of a written sheet

    @property
    def parts(self) -> tuple[PartScore, ...]:
        """Every part, in the rubric's order."""
        return tuple(p for q in self.questions for p in q.parts)

    @property
    def possible(self) -> Fraction:
        """The points that can be had."""
        return sum((q.possible for q in self.questions), Fraction(0))

    @property
    def raw(self) -> Fraction:
        """The points earned before lateness and caps."""
        return sum((q.earned for q in self.questions), Fraction(0))

    @property
    def earned(self) -> Fraction:
        """The points that count."""
        late = self.lateness.deducted if self.lateness else Fraction(0)
        total = max(self.raw - late, Fraction(0))
        return total if self.cap is None else min(total, self.cap)

    @property
    def waiting(self) -> Fraction:
        """The points that wait for a person."""
        return sum((p.waiting for p in self.parts), Fraction(0))

    @property
    def all_correct(self) -> bool:
        """Whether every part is right."""
        return all(p.outcome is Outcome.CORRECT for p in self.parts)
