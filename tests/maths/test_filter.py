"""The filter: a line of JSON in, a verdict out, whatever the line holds."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from grader.maths.__main__ import answer
from grader.maths.questions.question import rules_of

ROOT = Path(__file__).parents[2]
PAIRS = ROOT / "benchmarks" / "pairs.jsonl"


def verdict(**row: Any) -> Any:  # noqa: ANN401 - off the wire
    return answer(json.dumps({"id": "1", "syntax": "python", "options": {}} | row))[
        "verdict"
    ]


@pytest.mark.parametrize(
    ("student", "reference", "expected"),
    [
        pytest.param("x*(x + 1)", "x**2 + x", True, id="equal"),
        pytest.param("x**2", "x**2 + x", False, id="different"),
        pytest.param("x +", "x", "invalid", id="student unreadable"),
        pytest.param("x", "x +", "undecided", id="reference unreadable"),
        pytest.param("x +", "x +", "invalid", id="both unreadable"),
        pytest.param("1/0", "1", "invalid", id="no value"),
    ],
)
def test_there_are_four_verdicts(
    student: str, reference: str, expected: object
) -> None:
    assert verdict(student=student, reference=reference) == expected


@pytest.mark.parametrize("line", ["", "{", "[]", "null", "3", '{"id": 7}', '"text"'])
def test_a_line_that_is_no_pair_is_undecided(line: str) -> None:
    assert answer(line)["verdict"] == "undecided"


def test_options_that_make_no_sense_do_not_stop_the_filter() -> None:
    row = {"student": "x", "reference": "x", "options": {"rtol": "much"}}

    assert verdict(**row) == "undecided"


def test_the_filter_answers_every_line_in_order() -> None:
    rows = [
        {"id": n, "syntax": "python", "student": f"x + {n}", "reference": "x + 1"}
        for n in range(5)
    ]
    lines = "".join(json.dumps(row) + "\n" for row in rows) + "\nnot json\n"
    done = subprocess.run(
        [sys.executable, "-m", "grader.maths"],
        input=lines,
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    answers = [json.loads(line) for line in done.stdout.splitlines()]

    assert [a["id"] for a in answers] == [0, 1, 2, 3, 4, None]
    assert [a["verdict"] for a in answers[:5]] == [False, True, False, False, False]


def test_importing_the_engine_loads_neither_sympy_nor_numpy() -> None:
    code = (
        "import sys, grader.maths.questions.question, grader.maths.questions.diagnosis\n"
        "print([m for m in ('sympy', 'numpy', 'mpmath', 'pydantic') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )

    assert done.stdout.strip() == "[]"


def test_rules_are_read_by_their_names_in_whatever_brackets() -> None:
    named = {"stack_options": "[ID_TRANS,[negNeg,noncomMul]]"}
    without = {"stack_options": "delete(zeroMul, ID_TRANS)"}

    assert {"double-minus", "keep-factors", "times-one"} <= rules_of(named)
    assert "times-zero" not in rules_of(without)
    assert "add-zero" in rules_of(without)


def test_no_wrong_answer_among_our_own_pairs_is_accepted() -> None:
    rows = [json.loads(line) for line in PAIRS.read_text("utf-8").splitlines()]
    accepted = [
        row["id"]
        for row in rows
        if row["expected"] is not True and answer(json.dumps(row))["verdict"] is True
    ]

    assert accepted == []
