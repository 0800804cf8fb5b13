"""One submission against a reference: follow-through, mistakes, doubt, our faults."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

import pytest

from grader.compare.comparator import Comparator, Question
from grader.compare.kinds import BUILT_IN
from grader.expect.probes import Asking
from grader.model.answer import Answer, Failed, Probe, Value
from grader.model.rubric import Assignment
from grader.model.score import Basis, CriterionScore
from grader.model.verdict import Outcome, Verdict, undecided
from grader.pipeline.examiner import Examiner
from grader.pipeline.sitting import Relaying
from tests.pipeline.respondent import InProcess, Plain

RUBRIC = {
    "schema": 1,
    "assignment": "a",
    "title": "A",
    "reference": "r.py",
    "questions": [
        {
            "id": "1",
            "parts": [
                {
                    "id": "1a",
                    "points": 4,
                    "answer": "slope",
                    "kind": "function",
                    "inputs": {"x": {"low": 1, "high": 2}},
                    "mistakes": [
                        {
                            "reference": "slope_halved",
                            "credit": "1/4",
                            "say": "Twice that.",
                        }
                    ],
                },
                {"id": "1b", "points": 3, "answer": "at_two", "follows": ["1a"]},
                {
                    "id": "1c",
                    "points": 5,
                    "answer": "doubled",
                    "follows": ["1b"],
                    "follow_through": "1/2",
                    "mistakes": [
                        {"reference": "doubled_twice", "credit": "2/5", "say": "Once."}
                    ],
                },
            ],
        }
    ],
}


def slope(x: float) -> float:
    return 2 * x


def at_two(*, slope: "Plain") -> float:
    assert callable(slope)
    value = slope(2.0)
    if value > 1e6:
        raise ValueError("the slope is too steep to go on with")
    return value


REFERENCE: dict[str, Plain] = {
    "slope": slope,
    "slope_halved": lambda x: x,
    "at_two": at_two,
    "doubled": lambda *, at_two: 2 * at_two,
    "doubled_twice": lambda *, at_two: 4 * at_two,
}
SIGNATURES = {
    "slope": (),
    "slope_halved": (),
    "at_two": ("slope",),
    "doubled": ("at_two",),
    "doubled_twice": ("at_two",),
}


def grade(
    given: Mapping[str, Plain], comparators: Mapping[str, Comparator] = BUILT_IN
) -> dict[str, CriterionScore]:
    assignment = Assignment.model_validate(RUBRIC)
    examiner = Examiner(
        assignment=assignment,
        asking=Asking(assignment=assignment, signatures=SIGNATURES),
        reference=InProcess(REFERENCE),
        comparators=comparators,
    )

    graded = examiner.grade(InProcess(given), submission="s")

    return {p.part: p.criteria[0] for p in graded.scorecard.parts}


def steep(x: float) -> float:
    return 3 * x


@pytest.mark.parametrize(
    ("given", "earned", "bases"),
    [
        pytest.param(
            {"slope": slope, "at_two": 4.0, "doubled": 8.0},
            "4 3 5",
            "as-set as-set as-set",
            id="all right",
        ),
        pytest.param({}, "0 0 0", "as-set as-set as-set", id="blank"),
        pytest.param(
            {"slope": steep, "at_two": 6.0, "doubled": 12.0},
            "0 3 5/2",
            "as-set follow-through follow-through",
            id="a wrong slope used rightly, at the share of each part",
        ),
        pytest.param(
            {"slope": steep, "doubled": 12.0},
            "0 0 5/2",
            "as-set as-set follow-through",
            id="followed through a part that is missing",
        ),
        pytest.param(
            {"slope": slope, "at_two": 4.0, "doubled": 16.0},
            "4 3 2",
            "as-set as-set mistake",
            id="a recognised mistake",
        ),
        pytest.param(
            {"slope": steep, "at_two": 6.0, "doubled": 24.0},
            "0 3 1",
            "as-set follow-through mistake",
            id="the same mistake on a wrong earlier answer",
        ),
        pytest.param(
            {"slope": lambda _: 7.0, "at_two": 7.0, "doubled": 14.0},
            "0 0 5/2",
            "as-set as-set follow-through",
            id="a constant slope is nothing to build on, a number is",
        ),
        pytest.param(
            {"slope": lambda x: x * 1e9, "at_two": 2e9, "doubled": 4e9},
            "0 0 5/2",
            "as-set as-set follow-through",
            id="the reference finds nothing to go on with",
        ),
    ],
)
def test_the_best_basis_counts(
    given: dict[str, Plain], earned: str, bases: str
) -> None:
    scores = grade(given)

    assert [s.earned for s in scores.values()] == [Fraction(e) for e in earned.split()]
    assert [s.basis for s in scores.values()] == [Basis(b) for b in bases.split()]


@pytest.mark.parametrize(
    ("doubled", "outcome", "earned"),
    [
        pytest.param(8.0, Outcome.CORRECT, 5, id="right as set"),
        pytest.param(9.0, Outcome.UNDECIDED, 0, id="wrong as set, on what is open"),
    ],
)
def test_what_rests_on_an_open_answer_is_left_open(
    doubled: float, outcome: Outcome, earned: int
) -> None:
    def judge(expected: Value, given: Value, question: Question) -> Verdict:
        if question.criterion.answer == "at_two":
            return undecided("cannot-decide")
        return BUILT_IN["number"].judge(expected, given, question)

    unsure = {"number": Comparator(kind="number", judge=judge)}

    score = grade({"slope": slope, "at_two": 4.0, "doubled": doubled}, unsure)["1c"]

    assert (score.verdict.outcome, score.earned) == (outcome, Fraction(earned))


def test_students_are_shown_an_input_that_is_no_grading_point() -> None:
    score = grade({"slope": steep})["1a"]

    assert score.student_verdict is not None
    shown, kept = score.student_verdict.evidence.witness, score.verdict.evidence.witness
    assert shown is not None
    assert kept is not None
    assert shown.inputs != kept.inputs


def test_a_fault_of_ours_is_undecided_and_costs_its_part_alone() -> None:
    def judge(_e: Value, _g: Value, _q: Question) -> Verdict:
        raise RuntimeError("a comparator fell over")

    broken = {"number": Comparator(kind="number", judge=judge)}

    score = grade({"slope": slope}, broken)["1a"]

    assert score.undecided
    assert "a comparator fell over" in score.fault


def test_a_failing_reference_never_costs_the_student() -> None:
    names = dict(REFERENCE)
    del names["slope"]
    assignment = Assignment.model_validate(RUBRIC)
    examiner = Examiner(
        assignment=assignment,
        asking=Asking(assignment=assignment, signatures=SIGNATURES),
        reference=InProcess(names),
    )

    graded = examiner.grade(InProcess({"slope": steep}), submission="s")

    first = graded.scorecard.parts[0].criteria[0]
    assert (first.verdict.outcome, first.verdict.reason) == (
        Outcome.UNDECIDED,
        "reference-failed",
    )


def test_relayed_calls_are_kept_for_regrading() -> None:
    assignment = Assignment.model_validate(RUBRIC)
    examiner = Examiner(
        assignment=assignment,
        asking=Asking(assignment=assignment, signatures=SIGNATURES),
        reference=InProcess(REFERENCE),
    )

    graded = examiner.grade(InProcess({"slope": steep, "at_two": 6.0}), submission="s")

    assert graded.sheet.relayed[0].call.positional == (2.0,)


@dataclass(frozen=True)
class Lossy(InProcess):
    """A reference whose process is lost over the first so many relayed calls."""

    losses: Counter[str] = field(default_factory=Counter)

    def ask(
        self, probes: Sequence[Probe], *, relay: Relaying | None = None
    ) -> tuple[Answer, ...]:
        if relay is not None and self.losses["left"]:
            self.losses["left"] -= 1
            return (Failed(reason="out-of-memory"),) * len(probes)
        return super().ask(probes, relay=relay)


@pytest.mark.parametrize(
    ("losses", "outcome"),
    [
        pytest.param(1, Outcome.CORRECT, id="once: it is asked again"),
        pytest.param(2, Outcome.UNDECIDED, id="twice: a person looks"),
    ],
)
def test_a_reference_that_is_lost_over_own_answers_never_costs_the_student(
    losses: int, outcome: Outcome
) -> None:
    assignment = Assignment.model_validate(RUBRIC)
    examiner = Examiner(
        assignment=assignment,
        asking=Asking(assignment=assignment, signatures=SIGNATURES),
        reference=Lossy(REFERENCE, Counter(left=losses)),
    )

    graded = examiner.grade(InProcess({"slope": steep, "at_two": 6.0}), submission="s")

    assert graded.scorecard.parts[1].criteria[0].verdict.outcome is outcome
