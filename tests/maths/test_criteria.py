"""Conditions on a response, in words."""

from fractions import Fraction

import pytest

from grader.maths.finding import Truth
from grader.maths.notation import Notation
from grader.maths.numbers import Tolerance
from grader.maths.questions.criteria import Sides, meets
from grader.maths.reading import read_text
from grader.maths.setting import DEFAULT

NAMES = Notation(names=frozenset({"a", "b", "c", "x"}))


def met(condition: str, expected: str, given: str, *, relative: str = "0") -> Truth:
    sides = Sides(
        expected=read_text(expected, NAMES),
        given=read_text(given, NAMES),
        notation=NAMES,
        setting=DEFAULT,
        tolerance=Tolerance(relative=Fraction(relative)),
    )
    return meets(condition, sides).truth


@pytest.mark.parametrize(
    ("condition", "expected", "given", "holds"),
    [
        pytest.param("response = answer", "a+b", "b+a", True, id="equal"),
        pytest.param("answer/response = -1", "a", "-a", True, id="opposite"),
        pytest.param("response = 2*answer", "x", "x", False, id="not doubled"),
        pytest.param("response > answer", "2", "2", False, id="not greater"),
        pytest.param("response <= answer", "2", "2", True, id="at most"),
        pytest.param("response > 3", "9", "5", True, id="a bound"),
        pytest.param("response = answer where x = 2", "x+1", "3", True, id="at x = 2"),
        pytest.param(
            "diff(response, x) = 2*response", "0", "c*e^(2x)", True, id="solves it"
        ),
        pytest.param(
            "diff(response, x) = 2*response", "0", "e^(3x)", False, id="does not"
        ),
        pytest.param(
            "response proportional to answer", "a+b", "2a+2b", True, id="multiple"
        ),
        pytest.param(
            "response proportional to answer", "a+b", "a+2b", False, id="no multiple"
        ),
        pytest.param("response contains a", "x", "a+1", True, id="contains"),
        pytest.param("response contains a", "x", "b+1", False, id="lacks"),
        pytest.param(
            "response > 1, response < 3", "0", "2", True, id="both conditions hold"
        ),
        pytest.param(
            "response > 1, response < 2", "0", "2", False, id="the second fails"
        ),
    ],
)
def test_a_condition_holds_or_not(
    condition: str, expected: str, given: str, *, holds: bool
) -> None:
    assert met(condition, expected, given) is (
        Truth.EQUAL if holds else Truth.DIFFERENT
    )


def test_numbers_in_a_condition_may_be_off_by_the_tolerance() -> None:
    assert met("response = answer", "100", "101", relative="0.02") is Truth.EQUAL
    assert met("response = answer", "100", "103", relative="0.02") is Truth.DIFFERENT
