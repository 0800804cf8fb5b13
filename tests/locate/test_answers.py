"""A sheet and a rubric entry give the answer, as many students would write it."""

from typing import Any

import pytest

from grader.locate.paper import Paper, locate
from grader.locate.sheet import read_sheet
from grader.maths.setting import Setting
from grader.model.answer import Array, Call, Found, Missing, Read
from grader.model.rubric import Assignment
from grader.model.submission import Block, BlockKind

PART_A = "## 1(a)\n\n"


def assignment(written: dict[str, Any], *inputs: str) -> Assignment:
    """Return an assignment of two parts, of which the first is asked for."""
    asked: dict[str, Any] = {"answer": "wanted", "points": 1, "written": written}
    if inputs:
        drawn = {name: {"low": 0, "high": 1} for name in inputs}
        asked |= {"kind": "function", "inputs": drawn, "reference": "wanted"}
    else:
        asked |= {"kind": "number", "expected": 1}
    other = {"answer": "other", "points": 1, "kind": "number", "expected": 1}
    return Assignment.model_validate(
        {
            "schema": 1,
            "assignment": "sample",
            "title": "A sample",
            "reference": "reference.py",
            "notation": {r"\epsilon": "eps", r"\sigma": "sigmoid"},
            "questions": [
                {
                    "id": "1",
                    "title": "One",
                    "parts": [
                        {"id": "1a", "title": "a", **asked},
                        {"id": "1b", "title": "b", **other},
                    ],
                },
                {
                    "id": "2",
                    "title": "Two",
                    "parts": [{"id": "2a", "title": "a", **other, "answer": "third"}],
                },
            ],
        }
    )


def paper(text: str, written: dict[str, Any], *inputs: str) -> Paper:
    whole = assignment(written, *inputs)
    block = Block(label="sheet", kind=BlockKind.TEXT, text=text)
    return locate(read_sheet([block], whole), whole, {}, Setting())


def value(text: str, written: dict[str, Any], **inputs: float) -> Any:  # noqa: ANN401 - whatever the sheet says
    asked = paper(text, written, *inputs)
    probe = (
        Call(name="wanted", positional=tuple(inputs.values()))
        if inputs
        else Read(name="wanted")
    )
    answer = asked.answer(probe)
    return answer.value if isinstance(answer, Found) else answer


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("$a = 3$", id="equation"),
        pytest.param("$3 = a$", id="turned-round"),
        pytest.param("$a = 1 + 2 = 3$", id="chain"),
        pytest.param("$$\\boxed{a = 3}$$", id="boxed"),
        pytest.param("$a = b + 1$ where $b = 2$", id="where-comes-after"),
        pytest.param("$c = 1$, $b = 2c$. So $a = b + 1$", id="letters-of-letters"),
        pytest.param("$a = 2$ is wrong; rather $a = 3$", id="said-again"),
        pytest.param("$a = \\foo\\bar{} = 3$", id="unreadable-on-the-way"),
        pytest.param("$$a = 2 + 1$$\n\nor\n\n$$= 3$$", id="next-display"),
        pytest.param("$a \\approx 3$", id="rounded"),
    ],
)
def test_an_equation_states_its_answer(text: str) -> None:
    assert value(f"## Problem 1\n\n(a) {text}", {"equation": "a"}) == 3


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        pytest.param(r"$B \le b = 3$", "le", id="upper-bound"),
        pytest.param(r"$3 \ge B$", "le", id="upper-bound-turned-round"),
        pytest.param(r"$B = b \leqslant 3$", "le", id="equal-then-bounded"),
        pytest.param(r"$0 < B < 3$", "le", id="between-two"),
        pytest.param(r"$B > 3 \ge 0$", "ge", id="lower-bound-then-a-sign"),
    ],
)
def test_a_bound_is_read_in_its_own_direction(text: str, relation: str) -> None:
    written = {"equation": "B", "relation": relation}

    assert value(f"## Problem 1\n\n(a) {text}", written) == 3


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(r"$B \ge 3$", id="other-direction"),
        pytest.param("$B = 3$", id="an-equation-is-no-bound"),
        pytest.param(r"$B < c$", id="unknown-letter"),
        pytest.param("$x = 3$", id="another-letter"),
    ],
)
def test_what_is_no_such_bound_is_not_taken(text: str) -> None:
    written = {"equation": "B", "relation": "le"}

    assert value(f"## Problem 1\n\n(a) {text}", written) == Missing(name="wanted")


def test_another_question_does_not_answer_this_one() -> None:
    text = "## Problem 1\n\nnothing\n\n## Problem 2\n\n$a = 3$"

    assert value(text, {"equation": "a"}) == Missing(name="wanted")


def test_a_sheet_without_headings_is_searched_whole() -> None:
    assert value("Here $a = 3$.", {"equation": "a"}) == 3


def test_the_parts_own_label_comes_before_a_later_formula() -> None:
    text = "## Problem 1\n\n(a) $a = 3$\n\n(b) $a = 4$"

    assert value(text, {"equation": "a"}) == 3


def test_a_formula_in_the_inputs_comes_before_its_value_at_a_point() -> None:
    text = "## Problem 1\n\n(a) $a(x) = 2x$. At the point $x_0$ is $a(x_0) = 7$."

    assert value(text, {"equation": "a(x)"}, x=4.0) == 8


def test_a_second_name_is_followed_to_the_first() -> None:
    text = "## Problem 1\n\n(a) Let $g = f^{-1}$. Then $g(x) = 2x$."

    assert value(text, {"equation": "f^{-1}(x)"}, x=4.0) == 8


def test_an_abbreviation_is_put_in() -> None:
    text = "## Problem 1\n\nWith $u = x + 1$\n\n(a) $a = u^2$"

    assert value(text, {"equation": "a"}, x=2.0) == 9


def test_a_letter_of_the_question_is_not_replaced() -> None:
    text = "## Problem 1\n\n(a) $x = 5$ is special, but $a = x + 1$"

    assert value(text, {"equation": "a"}, x=2.0) == 3


def test_a_vector_may_be_stated_entry_by_entry() -> None:
    text = "## Problem 1\n\n(a) $z_1 = 1$, $z_2 = 2$, $z_3 = 3$"

    found = value(text, {"equation": "z_0", "alternatives": ["(z_1, z_2, z_3)"]})

    assert isinstance(found, Array)
    assert found.shape == (3,)


def test_an_alternative_may_have_a_relation_of_its_own() -> None:
    written = {"equation": r"\epsilon_{\max}", "alternatives": [r"\epsilon <"]}

    assert value(PART_A + r"for $0 < \varepsilon < 3$", written) == 3


def test_a_derivative_that_is_written_out_is_known_by_its_value() -> None:
    text = PART_A + r"$\frac{d}{dx}\left(x^2 + 1\right) = 2x$"

    assert value(text, {"equation": "s(x)", "expected": "2x"}, x=3.0) == 6


def test_a_decimal_stands_for_what_it_is_rounded_from() -> None:
    written = {"equation": "a", "expected": r"\frac{1}{e}"}

    assert value(PART_A + r"$a \approx 0.368$", written) == pytest.approx(
        0.36787944117, abs=1e-9
    )


def test_a_decimal_that_is_rounded_wrongly_stands_for_itself() -> None:
    written = {"equation": "a", "expected": r"\frac{1}{e}"}

    assert value(PART_A + r"$a \approx 0.361$", written) == pytest.approx(0.361)


def test_what_is_much_less_than_zero_tends_to_minus_infinity() -> None:
    written = {"equation": "h", "relation": "tends_to"}

    assert value(PART_A + r"so $h \ll 0$", written) == float("-inf")


def test_the_nearest_left_side_is_named_where_none_fits() -> None:
    found = paper("## Problem 1\n\n(a) $A_{max} = 3$", {"equation": "A_{min}"})

    assert found.nearest == {"wanted": "A_{max}"}


def test_what_nothing_names_is_taken_by_its_place_and_said_so() -> None:
    found = paper("## Problem 1\n\n(a) $Q = 3x$", {"equation": "a"}, "x")

    assert found.located["wanted"].by_place
