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
        pytest.param(r"\{3, -3\}", r"x = 3 \text{ or } x = -3", id="either value"),
        pytest.param("(2, 3)", r"y = 3 \text{ and } x = 2", id="coordinates"),
        pytest.param(r"\frac14", "P(A) = 0.25", id="a probability"),
        pytest.param("5", "f(2) = 5", id="a value of a function"),
        pytest.param("2x", "f'(x) = 2x", id="a slope"),
        pytest.param(r"2\pi", r"2\pi \approx 6.28", id="rounded as well"),
        pytest.param(r"\frac73", r"x = \frac73 \approx 2.33", id="rounded at last"),
        pytest.param(r"\emptyset", r"\text{No real solution}", id="none, in words"),
        pytest.param(r"(-\infty, \infty)", r"\text{all reals}", id="all, in words"),
        pytest.param("36", r"36 \text{ cm}^3", id="a unit to a power"),
        pytest.param("120", r"6 \cdot 5 \cdot 4 = 120", id="a sum that was done"),
        pytest.param("17", "= 17", id="nothing on the left"),
        pytest.param(
            "2",
            r"\begin{aligned} x + 1 &= 3 \\ x &= 2 \end{aligned}",
            id="the last line",
        ),
        pytest.param("9.8", r"9.8 \text{ m/s}^2", id="a unit in words, squared"),
        pytest.param("60", r"\angle ABC = 60^\circ", id="degrees"),
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
        pytest.param(r"\{3, 4\}", r"x = 3 \text{ or } x = -3", id="another root"),
        pytest.param(r"\{3, -3\}", r"x = 3 \text{ or } y = -3", id="two names"),
        pytest.param("(2, 3)", r"x = 3 \text{ and } y = 2", id="coordinates swapped"),
        pytest.param(r"\frac14", "P(A) = 0.75", id="of the other event"),
        pytest.param("2", "f(2) = 5", id="the place for the value"),
        pytest.param(r"6.29", r"2\pi \approx 6.28", id="neither exact nor rounded"),
        pytest.param(r"\{0\}", r"\text{no solution}", id="zero for none"),
        pytest.param("35", r"36 \text{ cm}^3", id="another volume"),
        pytest.param("120", r"6 \cdot 5 \cdot 4 = 121", id="a sum done wrong"),
        pytest.param(
            "3",
            r"\begin{aligned} x + 1 &= 3 \\ x &= 2 \end{aligned}",
            id="a line before the last",
        ),
        pytest.param(r"9.8 \text{ m/s}", r"9.8 \text{ m/s}^2", id="another unit"),
        pytest.param("3", "3m", id="a letter is no unit"),
        pytest.param("61", r"\angle ABC = 60^\circ", id="other degrees"),
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
