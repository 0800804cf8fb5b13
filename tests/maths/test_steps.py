"""Derivations, line by line."""

import pytest

from grader.maths.domain import POSITIVE
from grader.maths.reading import read_python
from grader.maths.relating.steps import Link, judge_derivation, judge_step
from grader.maths.setting import DEFAULT, Setting


def link(
    before: str, after: str, setting: Setting = DEFAULT, variable: str = ""
) -> Link:
    lines = read_python(before), read_python(after)
    return judge_step(*lines, setting, variable=variable).link


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        pytest.param("(x + 1)**2", "x**2 + 2*x + 1", Link.EQUAL, id="multiplied out"),
        pytest.param("log(x*y)", "log(x)*log(y)", Link.BROKEN, id="log of a product"),
        pytest.param("Eq(2*x, 6)", "Eq(x, 3)", Link.EQUIVALENT, id="divided"),
        pytest.param("Eq(2*x, 6)", "Eq(x, 4)", Link.BROKEN, id="divided wrongly"),
        pytest.param("Eq(x, 3)", "Eq(x**2, 9)", Link.IMPLIED, id="squared"),
        pytest.param("Eq(x**2, 9)", "Eq(x, 3)", Link.LOSSY, id="root taken"),
        pytest.param("Eq(x**2, x)", "Eq(x, 1)", Link.LOSSY, id="divided by x"),
        pytest.param("Gt(-x, 1)", "Lt(x, -1)", Link.EQUIVALENT, id="turned round"),
        pytest.param("Eq(0, 3)", "FiniteSet()", Link.EQUIVALENT, id="no solution"),
        pytest.param(
            "Eq(p*t**2 + q, 3*t**2 - t*r)",
            "And(Eq(p, 3), Eq(r, 0), Eq(q, 0))",
            Link.COEFFICIENTS,
            id="coefficients compared",
        ),
        pytest.param(
            "Eq(p*t + q, 3*t + r)",
            "And(Eq(p, 3), Eq(q, -r))",
            Link.LOSSY,
            id="coefficients compared wrongly",
        ),
        pytest.param(
            "Eq(1 - cos(x)**2, sin(x)**2)",
            "sin(x)*sin(x)",
            Link.EQUAL,
            id="chain goes on",
        ),
        pytest.param(
            "[Eq(x + y, 5), Eq(x - y, 1)]",
            "[Eq(x, 3), Eq(y, 2)]",
            Link.EQUIVALENT,
            id="system",
        ),
    ],
)
def test_a_step_says_how_it_follows(before: str, after: str, expected: Link) -> None:
    assert link(before, after) is expected


def test_positive_names_condone_squaring() -> None:
    positive = Setting(domains={"x": POSITIVE})

    assert link("Eq(x**2, 9)", "Eq(x, 3)", positive) is Link.EQUIVALENT


def test_a_line_may_be_the_derivative_or_an_integral_of_the_one_before() -> None:
    assert link("x**3", "3*x**2", variable="x") is Link.DERIVATIVE
    assert link("3*x**2", "x**3 + c", variable="x") is Link.ANTIDERIVATIVE
    assert link("x**3", "3*x**2") is Link.BROKEN


def test_each_step_is_judged_on_its_own() -> None:
    lines = ["Eq(3*x + 1, 7)", "Eq(3*x, 8)", "Eq(x, 8/3)"]
    steps = judge_derivation([read_python(line) for line in lines])

    assert [step.sound for step in steps] == [False, True]


def test_dividing_by_what_may_be_zero_is_the_step_that_breaks() -> None:
    lines = [
        "Eq(x, y)",
        "Eq(x**2, x*y)",
        "Eq(x**2 - y**2, x*y - y**2)",
        "Eq((x - y)*(x + y), y*(x - y))",
        "Eq(x + y, y)",
    ]
    steps = judge_derivation([read_python(line) for line in lines])

    assert [step.sound for step in steps] == [False, True, True, False]
    assert steps[0].link is Link.IMPLIED  # x = 0 solves the second line, too
