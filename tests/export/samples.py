"""Scorecards as grading makes them, one of each sort, for goldens and screenshots."""

import struct
from datetime import UTC, datetime
from fractions import Fraction

from grader.maths.tree import Apply, Number, Symbol
from grader.model.answer import (
    Answer,
    AnswerSheet,
    Array,
    Call,
    Failed,
    Formula,
    Found,
    Missing,
    Opaque,
    Own,
    Probe,
    Read,
    Relayed,
    Sequence,
    Table,
    Transcript,
    Value,
)
from grader.model.record import Record
from grader.model.rubric import Assignment
from grader.model.score import (
    Basis,
    CriterionScore,
    Lateness,
    PartScore,
    QuestionScore,
    Remark,
    Scorecard,
)
from grader.model.submission import Block, BlockKind
from grader.model.verdict import (
    Evidence,
    Outcome,
    Verdict,
    Witness,
    correct,
    incorrect,
    partial,
    undecided,
)

POINTS = Fraction(5)


def floats(*numbers: float, shape: tuple[int, ...] | None = None) -> Array:
    """Return an array of *numbers*."""
    buffer = struct.pack(f"<{len(numbers)}d", *numbers)
    return Array(dtype="<f8", shape=shape or (len(numbers),), buffer=buffer)


def assignment() -> Assignment:
    """Return a rubric with a part of each sort."""
    inputs = {"x": {"shape": [3], "count": 4}}
    return Assignment.model_validate(
        {
            "schema": 1,
            "assignment": "flows",
            "title": "Flows and $KL$ divergence",
            "reference": "reference.py",
            "questions": [
                {
                    "id": "1",
                    "title": "The density of a flow at a point",
                    "parts": [
                        {
                            "id": "1a",
                            "title": "The inverse map $f^{-1}(x)$",
                            "points": 5,
                            "answer": "f_inverse",
                            "kind": "function",
                            "inputs": inputs,
                        },
                        {
                            "id": "1b",
                            "title": "The latent point of $x_0$",
                            "points": 3,
                            "answer": "z0",
                            "kind": "array",
                            "follows": ["1a"],
                        },
                        {
                            "id": "1c",
                            "title": "The Jacobian $J_f(z)$",
                            "points": 7,
                            "answer": "jacobian",
                            "kind": "function",
                            "inputs": {"z": {"shape": [3], "count": 4}},
                        },
                        {
                            "id": "1d",
                            "title": "Its determinant",
                            "points": 4,
                            "answer": "abs_det",
                        },
                    ],
                },
                {
                    "id": "2",
                    "title": "Bounds",
                    "parts": [
                        {
                            "id": "2a",
                            "points": 5,
                            "answer": "bound",
                            "kind": "expression",
                        },
                        {"id": "2b", "points": 5, "answer": "radius"},
                        {"id": "2c", "points": 5, "answer": "argument"},
                        {
                            "id": "2d",
                            "title": "The best bound",
                            "points": "7/3",
                            "answer": "eps_star",
                        },
                    ],
                },
            ],
        }
    )


def scored(  # noqa: PLR0913 - a sample's fields
    answer: str,
    verdict: Verdict,
    *,
    points: Fraction = POINTS,
    basis: Basis = Basis.AS_SET,
    remarks: tuple[Remark, ...] = (),
    student: Verdict | None = None,
) -> CriterionScore:
    """Return the score that *verdict* gives."""
    return CriterionScore(
        answer=answer,
        possible=points,
        earned=points * verdict.credit,
        basis=basis,
        verdict=verdict,
        remarks=remarks,
        student_verdict=student,
        as_set=incorrect("too-far") if basis is Basis.FOLLOW_THROUGH else None,
    )


def mixed() -> Scorecard:
    """Return the scorecard of a submission in which everything went differently."""
    return Scorecard(
        submission="s-0042",
        student_name="Ada Example",
        assignment="flows",
        title="Flows and $KL$ divergence",
        questions=(
            QuestionScore(
                question="1",
                title="The density of a flow at a point",
                parts=(_inverse(), _latent(), _jacobian(), _determinant()),
            ),
            QuestionScore(
                question="2",
                title="Bounds",
                parts=(_bound(), _radius(), _argument(), _best()),
            ),
        ),
        transcript=Transcript(
            output="hello\x1b[31m\n",
            failures=(("cell 7", "NameError: name 'np' is not defined"),),
            names=("f_inverse", "z0"),
            cpu_seconds=1.25,
            protections=(("network", True), ("memory", False)),
        ),
        remarks=("nbformat-3",),
        lateness=Lateness(
            submitted=datetime(2026, 12, 14, 9, tzinfo=UTC),
            due=datetime(2026, 12, 13, 23, 59, tzinfo=UTC),
            days=1,
            deducted=Fraction(5, 2),
        ),
    )


def perfect() -> Scorecard:
    """Return a scorecard with full marks."""
    parts = tuple(
        PartScore(
            part=part.id,
            title=part.title,
            criteria=tuple(
                scored(c.answer, correct(), points=c.points) for c in part.criteria
            ),
        )
        for part in assignment().parts
    )
    return Scorecard(
        submission="s-0001",
        student_name="Grace Sample",
        assignment="flows",
        title="Flows and $KL$ divergence",
        questions=(
            QuestionScore(question="1", title="The density", parts=parts[:4]),
            QuestionScore(question="2", title="Bounds", parts=parts[4:]),
        ),
    )


def unreadable() -> Scorecard:
    """Return the scorecard of a file that is no notebook."""
    parts = tuple(
        PartScore(
            part=part.id,
            title=part.title,
            criteria=tuple(
                scored(c.answer, _missing(), points=c.points) for c in part.criteria
            ),
        )
        for part in assignment().parts
    )
    return Scorecard(
        submission="s-0003",
        student_name='=HYPERLINK("http://example.org")',
        assignment="flows",
        title="Flows and $KL$ divergence",
        questions=(QuestionScore(question="1", title="The density", parts=parts),),
        trouble="hw.ipynb: this is not a notebook that Jupyter could have saved",
    )


def record() -> Record:
    """Return a record that holds every sort of value."""
    tree = Apply("add", (Symbol("x"), Number(Fraction(1, 3), "0.33")))
    call = Call(name="f", positional=(Own(name="z", call=True),), keywords=(("k", 1),))
    values: tuple[Value, ...] = (
        None,
        True,
        3,
        -(10**400),
        0.1,
        float("inf"),
        complex(-0.0, 2),
        "text \ud800",
        floats(1, 2, 3, 4, shape=(2, 2)),
        Sequence(kind="set", items=(1, 1.0, Table(items=(("a", b_value()),)))),
        Formula(tree=tree),
        Opaque(type_name="Figure", reason="no wire carries it"),
    )
    answers: dict[Probe, Answer] = {
        Read(name=f"v{n}"): Found(value=v) for n, v in enumerate(values)
    }
    sheet = AnswerSheet(
        answers={
            **answers,
            call: Failed(reason="raised", message="ValueError: no", where="cell 3"),
            Read(name="gone"): Missing(name="gone", nearest="gonne"),
        },
        relayed=(Relayed(call=call, answer=Found(value=2.5)),),
        transcript=mixed().transcript,
    )
    return Record(
        sheet=sheet,
        scorecard=mixed(),
        grader_version="0.1.0",
        rubric_digest="ab" * 32,
        source_digest="cd" * 32,
        text=(Block(label="cell 1", kind=BlockKind.TEXT, text="$x$"),),
    )


def b_value() -> Value:
    """Return an array of truth values."""
    return Array(dtype="|b1", shape=(2,), buffer=b"\x01\x00")


def _inverse() -> PartScore:
    shown = incorrect(
        "entries-differ",
        Evidence(
            method="beyond-tolerance",
            place="entry 2",
            points=3,
            witness=Witness(
                inputs=(("x", floats(0.5, -1.25, 0.75)),),
                expected=floats(0.5, -0.7581633, 0.28388),
                given=floats(0.5, -2.0609016, 0.28388),
                gap=1.3027,
                allowed=7.6e-7,
            ),
            facts=(("wrong", 1), ("entries", 3)),
        ),
    )
    return PartScore(
        part="1a",
        title="The inverse map $f^{-1}(x)$",
        criteria=(scored("f_inverse", shown, student=shown),),
    )


def _latent() -> PartScore:
    return PartScore(
        part="1b",
        title="The latent point of $x_0$",
        criteria=(
            scored(
                "z0",
                correct(evidence=Evidence(method="within-tolerance", points=3)),
                points=Fraction(3),
                basis=Basis.FOLLOW_THROUGH,
            ),
        ),
    )


def _jacobian() -> PartScore:
    late = Verdict(
        outcome=Outcome.FAILED,
        credit=Fraction(0),
        reason="timed-out",
        evidence=Evidence(facts=(("seconds", 10), ("input", 3))),
    )
    return PartScore(
        part="1c",
        title="The Jacobian $J_f(z)$",
        criteria=(scored("jacobian", late, points=Fraction(7), student=late),),
    )


def _determinant() -> PartScore:
    return PartScore(
        part="1d",
        title="Its determinant",
        criteria=(
            scored(
                "abs_det",
                partial(Fraction(1, 2), "too-far", _numbers(3.0, 1 / 3)),
                points=Fraction(4),
                basis=Basis.MISTAKE,
                remarks=(
                    Remark(
                        text="This is the determinant of `f_inverse`: take $1/x$.",
                        source=Basis.MISTAKE,
                    ),
                ),
            ),
        ),
    )


def _numbers(expected: float, given: float) -> Evidence:
    return Evidence(
        method="beyond-tolerance",
        points=1,
        witness=Witness(
            expected=expected, given=given, gap=abs(given - expected), allowed=1e-6
        ),
        facts=(("factor", given / expected),),
    )


def _missing() -> Verdict:
    return Verdict(
        outcome=Outcome.MISSING,
        credit=Fraction(0),
        reason="missing-name",
        evidence=Evidence(facts=(("nearest", "bonud"),)),
    )


def _bound() -> PartScore:
    return PartScore(part="2a", title="", criteria=(scored("bound", _missing()),))


def _radius() -> PartScore:
    raised = Verdict(
        outcome=Outcome.FAILED,
        credit=Fraction(0),
        reason="raised",
        evidence=Evidence(
            facts=(
                ("message", "ValueError: `math` domain error <b>&"),
                ("where", "cell 4"),
            )
        ),
    )
    return PartScore(part="2b", title="", criteria=(scored("radius", raised),))


def _argument() -> PartScore:
    return PartScore(
        part="2c",
        title="",
        criteria=(scored("argument", undecided("not-judged-prose")),),
    )


def _best() -> PartScore:
    return PartScore(
        part="2d",
        title="The best bound",
        criteria=(
            scored(
                "eps_star",
                incorrect("opposite-sign", _numbers(0.3246, -0.3246)),
                points=Fraction(7, 3),
            ),
        ),
    )


def several() -> Scorecard:
    """Return a submission with a part of several criteria, one of them right."""
    part = PartScore(
        part="2a",
        title="Two bounds",
        criteria=(scored("lower", correct()), scored("upper", incorrect("too-far"))),
    )
    question = QuestionScore(question="2", title="Bounds", parts=(part,))
    return Scorecard(
        submission="ada", assignment="hw", title="Bounds", questions=(question,)
    )
