"""The answer in a sentence: which part of it is taken."""

import pytest

from grader.maths.readers.extraction import extract_answer, without_label


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
            r"$\boxed{3}$, minus one. Final answer: the answer is $2$. Done.",
            "2",
            id="words after the box mend it",
        ),
        pytest.param(
            r"so \boxed{6}. I hope that my answer is correct.",
            "6",
            id="words after the box say nothing new",
        ),
        pytest.param("The answer is $1$ or $-1$.", "1, -1", id="joined after a label"),
        pytest.param(
            "The answer is $5$, for $x = 3$ fails.", "5", id="a reason after the answer"
        ),
        pytest.param(
            "Final answer: the train leaves 7 minutes later. Bye.",
            "7",
            id="a number among words after a label",
        ),
        pytest.param(
            "Answer: we need both $a$ and $b$", "a, b", id="formulas among words"
        ),
        pytest.param(r"\boxed{35} percent", r"35 \%", id="percent behind a box"),
        pytest.param(r"It is $35$\%.", r"35 \%", id="a sign behind a formula"),
        pytest.param(
            "The answer is 8 percent", "8 percent", id="percent in a sentence"
        ),
        pytest.param(
            "They paid 8 per cent more", r"8 \%", id="percent behind a number"
        ),
        pytest.param(
            "We count 3 apples and 1,200 pears", "1,200", id="the last number"
        ),
        pytest.param(
            r"$\boxed{28 pct}", "28 pct", id="a dollar sign that never closes"
        ),
        pytest.param(r"\boxed{\{1, 2\}}", r"\{1, 2\}", id="escaped braces in a box"),
        pytest.param(r"\boxed{1", r"\boxed{1", id="a box that never closes"),
        pytest.param("so 6 apples\n#### -12.5", "-12.5", id="behind four signs"),
        pytest.param("The correct option is (D).", "(D)", id="an option"),
        pytest.param("The answer is option B", "B", id="an option without brackets"),
        pytest.param("Option C is correct", "C", id="an option that is correct"),
        pytest.param("so the answer is 5 apples", "5", id="things that are counted"),
        pytest.param("17 (seventeen)", "17", id="a number said twice"),
        pytest.param(r"It costs $\$12.50$.", "12.50", id="dollars in a formula"),
        pytest.param(
            r"We get \begin{align*} x &= 2 \end{align*}",
            r"\begin{align*} x &= 2 \end{align*}",
            id="lines without dollar signs",
        ),
        pytest.param("", "", id="nothing"),
    ],
)
def test_the_final_answer_is_taken(text: str, answer: str) -> None:
    assert extract_answer(text) == answer


def test_an_endless_text_is_searched_from_its_end() -> None:
    assert extract_answer("word " * 200_000 + r"\boxed{7}") == "7"


@pytest.mark.parametrize(
    ("answer", "other", "kept"),
    [
        pytest.param(r"\textbf{(C)}\ 12", "12", "12", id="beside a value"),
        pytest.param(r"\textbf{(C)}\ 12", r"\text{C}", "(C)", id="beside a letter"),
        pytest.param("(C) 12", "12", "12", id="a label without a font"),
        pytest.param(r"\text{(C)}", "12", r"\text{(C)}", id="nothing but the letter"),
        pytest.param(r"\text{even}", "12", r"\text{even}", id="no letter of a choice"),
    ],
)
def test_a_choice_is_its_letter_or_what_it_stands_for(
    answer: str, other: str, kept: str
) -> None:
    assert without_label(answer, other) == kept
