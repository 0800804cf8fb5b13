"""All grading points are asked first, and nothing that gives an answer away ahead."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from grader.expect.probes import Asking
from grader.model.answer import Answer, Call, Probe
from grader.model.rubric import Assignment
from grader.pipeline.examiner import Examiner
from grader.pipeline.sitting import Graded, Relaying
from tests.pipeline.respondent import InProcess, Plain

RIGHT: dict[str, Plain] = {name: lambda x: 2 * x for name in "abcd"}
DRAWN = {"x": {"low": 1, "high": 2, "count": 2}}
LISTED = {"x": {"values": [1.5, 1.75]}}


@dataclass(frozen=True)
class Noted(InProcess):
    """Notes what is announced and asked, and cannot be asked *refused*."""

    refused: str = ""
    notes: list[str] = field(default_factory=list)

    def announce(self, groups: Iterable[tuple[Probe, ...]]) -> None:
        names = "".join(group[0].name for group in groups)
        self.notes.append(f"announced {names}")

    def ask(
        self, probes: Sequence[Probe], *, relay: Relaying | None = None
    ) -> tuple[Answer, ...]:
        self.notes.append(f"asked {probes[0].name}")
        if probes[0].name == self.refused:
            raise OSError("no process can be started")
        return super().ask(probes, relay=relay)


def graded(student: Noted, **listed: bool) -> Graded:
    parts = [
        {
            "id": f"1{name}",
            "points": 1,
            "answer": name,
            "kind": "function",
            "inputs": LISTED if listed.get(name) else DRAWN,
        }
        for name in "abcd"
    ]
    rubric = {"schema": 1, "assignment": "a", "title": "A", "reference": "r.py"}
    assignment = Assignment.model_validate(
        rubric | {"questions": [{"id": "1", "parts": parts}]}
    )
    asking = Asking(assignment=assignment, signatures=dict.fromkeys("abcd", ()))
    examiner = Examiner(
        assignment=assignment, asking=asking, reference=InProcess(RIGHT)
    )
    return examiner.grade(student, submission="s")


def test_feedback_on_a_wrong_answer_is_asked_after_everybodys_grading() -> None:
    student = Noted(RIGHT | {"b": lambda x: x})

    graded(student)

    assert student.notes == [
        *("announced abcd", "asked a", "asked b", "asked c", "asked d", "asked b")
    ]


def test_listed_inputs_wait_until_all_before_them_is_answered() -> None:
    student = Noted(RIGHT)

    graded(student, a=True, c=True)

    assert student.notes == [
        *("announced ab", "asked a", "asked b", "announced cd", "asked c", "asked d")
    ]


def test_what_cannot_be_asked_costs_its_own_part() -> None:
    scorecard = graded(Noted(RIGHT, refused="b")).scorecard

    verdicts = {part.part: part.criteria[0].verdict.reason for part in scorecard.parts}
    assert verdicts == {
        "1a": "agrees",
        "1b": "our-fault",
        "1c": "agrees",
        "1d": "agrees",
    }
    assert scorecard.earned == Fraction(3)
    assert "no process can be started" in scorecard.parts[1].criteria[0].fault


def test_what_was_announced_is_asked_as_the_same_object() -> None:
    kept: list[tuple[Probe, ...]] = []

    class Strict(Noted):
        def announce(self, groups: Iterable[tuple[Probe, ...]]) -> None:
            kept.extend(groups)

        def ask(
            self, probes: Sequence[Probe], *, relay: Relaying | None = None
        ) -> tuple[Answer, ...]:
            assert not kept or kept.pop(0) is probes
            assert all(isinstance(probe, Call) for probe in probes)
            return super().ask(probes, relay=relay)

    assert graded(Strict(RIGHT)).scorecard.earned == Fraction(4)
