"""Mathematics on a terminal is a line that people can read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.export.linear import linear, linear_latex, linear_title
from grader.model.feedback import Piece


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        pytest.param(r"\bar x", "x̄", id="accent"),
        pytest.param(r"s^2", "s²", id="square"),
        pytest.param(r"f^{-1}(x)", "f⁻¹(x)", id="inverse"),
        pytest.param(r"x_0", "x₀", id="index"),
        pytest.param(r"x_{max}", "x_max", id="index in words"),
        pytest.param(r"e^{-x^2/2}", "e^(-x²/2)", id="exponent without signs"),
        pytest.param(r"\frac{1}{\lambda} - x", "1/λ - x", id="fraction"),
        pytest.param(r"\frac{a + b}{2}", "(a + b)/2", id="fraction of a sum"),
        pytest.param(r"\log(1 - \sigma(h))", "log(1 - σ(h))", id="named function"),
        pytest.param(r"\sqrt{2\pi}", "√(2π)", id="root"),
        pytest.param(r"p_{\text{data}}", "p_data", id="words"),
        pytest.param(r"\left| x \right| \le 3", "| x | ≤ 3", id="relation"),
        pytest.param(r"A^\top", "A^T", id="transpose"),
        pytest.param(r"\unheardof{x}", "unheardofx", id="unknown command"),
        pytest.param(r"\frac{x", "x/", id="cut off"),
    ],
)
def test_a_formula_is_told_in_signs(latex: str, text: str) -> None:
    assert linear_latex(latex) == text


def test_a_title_may_hold_formulas() -> None:
    assert linear_title(r"The mean $\bar x$ of $n$ values") == "The mean x̄ of n values"


def test_words_and_code_stay_as_they_are() -> None:
    sentence = (Piece(text=r"\bar x "), Piece(text=r"\bar x", kind="code"))

    assert linear(sentence) == r"\bar x \bar x"


@given(latex=st.text(alphabet=r"\{}^_ abfrcsqt12", max_size=60))
def test_any_text_becomes_one_line(latex: str) -> None:
    assert "\n" not in linear_latex(latex)
