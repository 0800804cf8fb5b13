"""Judging again from a record: nothing runs, and what is not on record is said."""

from fractions import Fraction
from typing import Any

import pytest

from grader.expect.probes import Asking
from grader.model.answer import AnswerSheet, Call, Found, Read, Relayed
from grader.model.record import Record
from grader.model.rubric import Assignment
from grader.pipeline.examiner import Examiner
from grader.pipeline.regrading import regrade, replay
from grader.pipeline.sitting import Graded, NeedsRun
from tests.pipeline.respondent import InProcess, Plain

REFERENCE: dict[str, Plain] = {
    "slope": lambda x: 2 * x,
    "half": lambda x: x,
    "at_two": lambda *, slope: slope(2.0),
    "shown": lambda *, at_two: 10 * at_two,
}
SIGNATURES = {"slope": (), "half": (), "at_two": ("slope",), "shown": ("at_two",)}
STUDENT: dict[str, Plain] = {"slope": lambda x: 3 * x, "at_two": 6.0, "shown": 60.0}


def rubric(**slope: object) -> dict[str, Any]:
    first = {
        "id": "1a",
        "points": 4,
        "answer": "slope",
        "kind": "function",
        "inputs": {"x": {"low": 1, "high": 2, "count": 3}},
        **slope,
    }
    second = {"id": "1b", "points": 3, "answer": "at_two", "follows": ["1a"]}
    third = {"id": "1c", "points": 2, "answer": "shown", "follows": ["1b"]}
    return {
        "schema": 1,
        "assignment": "a",
        "title": "A",
        "reference": "r.py",
        "questions": [{"id": "1", "parts": [first, second, third]}],
    }


def examiner(content: dict[str, Any]) -> Examiner:
    assignment = Assignment.model_validate(content)
    return Examiner(
        assignment=assignment,
        asking=Asking(assignment=assignment, signatures=SIGNATURES),
        reference=InProcess(REFERENCE),
    )


def record() -> Record:
    graded = examiner(rubric()).grade(InProcess(STUDENT), submission="ada")
    return Record(
        sheet=graded.sheet,
        scorecard=graded.scorecard,
        grader_version="",
        rubric_digest="",
        source_digest="",
    )


def points(found: Graded) -> list[Fraction]:
    return [part.earned for part in found.scorecard.parts]


def test_the_same_rubric_gives_the_same_scorecard() -> None:
    before = record()

    assert regrade(examiner(rubric()), before).scorecard == before.scorecard


def test_a_wider_tolerance_is_judged_from_the_record() -> None:
    wide = rubric(tolerance={"relative": 0.9})

    assert points(regrade(examiner(wide), record())) == [4, 0, 2]


def test_follow_through_replays_the_relayed_calls() -> None:
    before = record()

    assert before.sheet.relayed
    assert points(regrade(examiner(rubric()), before)) == [0, 3, 2]


def test_other_inputs_need_a_run_and_keep_their_score() -> None:
    before = record()
    moved = rubric(inputs={"x": {"low": 5, "high": 6, "count": 3}})

    after = regrade(examiner(moved), before).scorecard

    assert [part.needs_run for part in after.parts] == [True, True, False]
    assert after.earned == before.scorecard.earned


def test_a_right_answer_needs_no_run_for_what_it_follows() -> None:
    right = examiner(rubric()).grade(
        InProcess(REFERENCE | {"at_two": 4.0, "shown": 40.0}), submission="ada"
    )
    before = Record(
        sheet=right.sheet,
        scorecard=right.scorecard,
        grader_version="",
        rubric_digest="",
        source_digest="",
    )
    moved = rubric(inputs={"x": {"low": 5, "high": 6, "count": 3}})

    after = regrade(examiner(moved), before).scorecard

    assert [part.needs_run for part in after.parts] == [True, False, False]


def test_a_rubric_changed_there_and_back_finds_its_answers_again() -> None:
    before = record()
    fewer = rubric(inputs={"x": {"low": 5, "high": 6, "count": 3}})

    between = regrade(examiner(fewer), before)

    assert between.sheet == before.sheet


def test_a_replay_tells_one_from_true_and_knows_nan() -> None:
    nan = float("nan")
    sheet = AnswerSheet(
        answers={Read(name="a"): Found(value=1)},
        relayed=(
            Relayed(call=Call(name="f", positional=(1,)), answer=Found(value="one")),
            Relayed(call=Call(name="f", positional=(True,)), answer=Found(value="yes")),
            Relayed(call=Call(name="f", positional=(nan,)), answer=Found(value="no")),
        ),
    )

    calls = [Call(name="f", positional=(value,)) for value in (1, True, float("nan"))]

    assert [a.value for a in replay(sheet).ask(calls) if isinstance(a, Found)] == [
        "one",
        "yes",
        "no",
    ]


def test_what_was_never_asked_is_not_made_up() -> None:
    with pytest.raises(NeedsRun, match=r"^$"):
        replay(AnswerSheet(answers={})).ask([Read(name="a")])
