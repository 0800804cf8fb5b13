"""The answer in a sentence: which part of it is taken."""

import pytest

from grader.maths.readers.extraction import extract_answer


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        pytest.param("x + 1", "x + 1", id="nothing but the answer"),
        pytest.param(r"so $x=\boxed{\frac{1}{2}}$.", r"\frac{1}{2}", id="a box"),
        pytest.param(r"\boxed{1} then \boxed{2}", "2", id="the last box"),
        pytest.param(
            r"$\boxed{1}$ and $\boxed{-2}$.", "1, -2", id="boxes joined by and"
        ),
        pytest.param(
            r"first $1$, then $x \neq 3$.", r"x \neq 3", id="the last formula"
        ),
        pytest.param(r"$1$ and $2$ and $3$", "1, 2, 3", id="formulas joined by and"),
        pytest.param(r"Thus \[ [0, 1) \]", "[0, 1)", id="a displayed formula"),
        pytest.param("The answer is 4x+1. It was hard.", "4x+1", id="it says so"),
        pytest.param("Answer: **42**", "42", id="a label"),
        pytest.param(
            "We count 3 apples and 1,200 pears", "1,200", id="the last number"
        ),
        pytest.param(
            r"$\boxed{28 pct}", "28 pct", id="a dollar sign that never closes"
        ),
        pytest.param(r"\boxed{\{1, 2\}}", r"\{1, 2\}", id="escaped braces in a box"),
        pytest.param(r"\boxed{1", r"\boxed{1", id="a box that never closes"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_the_final_answer_is_taken(text: str, answer: str) -> None:
    assert extract_answer(text) == answer


def test_an_endless_text_is_searched_from_its_end() -> None:
    assert extract_answer("word " * 200_000 + r"\boxed{7}") == "7"
