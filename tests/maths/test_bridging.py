"""Answers of two sorts, where a question is lenient about the sort."""

import pytest

from grader.maths.finding import Truth
from grader.maths.questions.inquiry import Kind, Question
from grader.maths.questions.judging import judge
from grader.maths.reading import read_latex


def judged(expected: str, given: str, *, lenient: bool) -> Truth:
    question = Question(
        kind=Kind.VALUE,
        expected=read_latex(expected),
        given=read_latex(given),
        lenient=lenient,
    )
    return judge(question).truth


@pytest.mark.parametrize(
    ("expected", "given"),
    [
        pytest.param("x = 3", "3", id="value of a name"),
        pytest.param("3", "x = 3", id="name of a value"),
        pytest.param(r"-1 < x < 2", "(-1, 2)", id="interval"),
        pytest.param(r"\text{odd}", "odd", id="a word in mathematics"),
        pytest.param("x = 1, x = 2", "1, 2", id="values of a name"),
    ],
)
def test_lenient_questions_take_the_one_for_the_other(
    expected: str, given: str
) -> None:
    assert judged(expected, given, lenient=True) is Truth.EQUAL
    assert judged(expected, given, lenient=False) is not Truth.EQUAL


@pytest.mark.parametrize(
    ("expected", "given"),
    [
        pytest.param("x = 3", "4", id="another value"),
        pytest.param("7 = 11a + c", "11a + c", id="side of an equation"),
        pytest.param("-1 < x < 2", "[-1, 2]", id="another interval"),
        pytest.param("x = 1, x = 2", "1, 3", id="another list"),
    ],
)
def test_lenience_is_about_the_sort_alone(expected: str, given: str) -> None:
    assert judged(expected, given, lenient=True) is not Truth.EQUAL


@pytest.mark.parametrize(
    ("expected", "given", "truth"),
    [
        pytest.param("1, 2", r"\{2, 1\}", Truth.EQUAL, id="a set"),
        pytest.param("1, 2", r"\{1, 3\}", Truth.DIFFERENT, id="another set"),
        pytest.param("2, 1", "1, 2", Truth.EQUAL, id="another order"),
    ],
)
def test_a_list_without_brackets_is_what_the_other_side_is(
    expected: str, given: str, truth: Truth
) -> None:
    assert judged(expected, given, lenient=False) is truth
