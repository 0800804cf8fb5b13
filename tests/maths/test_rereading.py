"""Answers in two notations are the same where one reading makes them so, never else."""

import pytest

from grader.maths.decide import decide
from grader.maths.reading import read_latex, read_text

SAME = [
    pytest.param(r"\sigma(-x)", r"1-\sigma(x)", id="applied and multiplied"),
    pytest.param(r"\sigma(z)(1-\sigma(z))", r"\sigma(z)\sigma(-z)", id="applied twice"),
    pytest.param(r"\tanh(x)", r"2\sigma(2x)-1", id="a sigmoid by itself"),
    pytest.param(r"\Phi(-x)", r"1-\Phi(x)", id="normal distribution"),
    pytest.param(
        r"\frac{1}{1+j\omega}", r"\frac{1-j\omega}{1+\omega^2}", id="unit of engineers"
    ),
    pytest.param(r"|e^{j\omega t}|", "1", id="modulus of a phasor"),
    pytest.param(r"m\ddot x = -kx", r"m\frac{d^2x}{dt^2} = -kx", id="dots"),
    pytest.param("y''+y=0", r"\frac{d^2y}{dx^2}+y=0", id="primes"),
    pytest.param(
        "u_t = u_{xx}",
        r"\frac{\partial u}{\partial t} = \frac{\partial^2 u}{\partial x^2}",
        id="subscripts for derivatives",
    ),
    pytest.param(
        r"\operatorname{softmax}(z)_i",
        r"\frac{e^{z_i}}{\sum_{j=1}^K e^{z_j}}",
        id="softmax",
    ),
    pytest.param(
        r"p_i(\delta_{ij}-p_j)", r"p_j(\delta_{ij}-p_i)", id="Kronecker's delta"
    ),
    pytest.param("F_n = F_{n-1}+F_{n-2}", "F_{n+1} = F_n+F_{n-1}", id="shifted places"),
    pytest.param(
        r"|\vec a\times\vec b|^2",
        r"|\vec a|^2|\vec b|^2-(\vec a\cdot\vec b)^2",
        id="length of a vector",
    ),
    pytest.param(r"\langle a|b\rangle^*", r"\langle b|a\rangle", id="turned bracket"),
    pytest.param(r"20\log_{10}|H|", r"10\log_{10}|H|^2", id="a power of bars"),
    pytest.param(r"w \leftarrow w - g", r"w := -g + w", id="an assignment"),
    pytest.param(r"(I-A)^{-1}", r"-(A-I)^{-1}", id="identity in an inverse"),
    pytest.param(r"\mathbf 1_{x>0}", r"\mathbb 1[x > 0]", id="indicator"),
]
NOT_SAME = [
    pytest.param(r"\sigma(-x)", r"-\sigma(x)", id="a sign taken out of a sigmoid"),
    pytest.param(r"\sigma(2x)", r"2\sigma(x)", id="a factor taken out of a sigmoid"),
    pytest.param(r"\Phi(-x)", r"-\Phi(x)", id="a sign taken out of a distribution"),
    pytest.param(r"\frac{1}{1+j\omega}", r"\frac{1}{1-j\omega}", id="conjugate"),
    pytest.param("j^2+j", "j-1", id="a variable named j"),
    pytest.param(r"3\hat i+4\hat j", r"4\hat i+3\hat j", id="directions swapped"),
    pytest.param("I^2R", "-R", id="a current is no unit"),
    pytest.param(r"m\ddot x = -kx", r"m\frac{dx}{dt} = -kx", id="too few dots"),
    pytest.param("y''+y=0", r"\frac{dy}{dx}+y=0", id="too few primes"),
    pytest.param(
        r"\operatorname{softmax}(z)_i",
        r"\frac{e^{-z_i}}{\sum_j e^{-z_j}}",
        id="softmax of the negative",
    ),
    pytest.param(
        r"p_i(\delta_{ij}-p_j)", r"p_i(\delta_{ij}+p_j)", id="Kronecker's sign"
    ),
    pytest.param("a_{n+1} = 2a_n+1", "a_n = 2a_{n-1}-1", id="another recurrence"),
    pytest.param(r"\vec a\times\vec b", r"\vec b\times\vec a", id="order of a product"),
    pytest.param(
        r"(\vec a\cdot\vec b)^2",
        r"(\vec a\cdot\vec a)(\vec b\cdot\vec b)",
        id="no angle between vectors",
    ),
    pytest.param(r"\langle a|b\rangle", r"\langle b|a\rangle", id="bracket as it was"),
    pytest.param(r"A^\dagger", "A^T", id="adjoint without conjugate"),
    pytest.param(r"w \leftarrow w - g", r"w \leftarrow w + g", id="uphill"),
    pytest.param(
        r"\nabla\times E = -B", r"\nabla\times E = B", id="sign beside a curl"
    ),
]


@pytest.mark.parametrize(("expected", "given"), SAME)
def test_answers_in_two_notations_are_equal(expected: str, given: str) -> None:
    assert decide(read_latex(expected), read_latex(given)).equal
    assert decide(read_latex(given), read_latex(expected)).equal


@pytest.mark.parametrize(("expected", "given"), NOT_SAME)
def test_no_reading_makes_a_wrong_answer_right(expected: str, given: str) -> None:
    assert not decide(read_latex(expected), read_latex(given)).equal
    assert not decide(read_latex(given), read_latex(expected)).equal


def test_letters_of_mathematical_alphabets_are_letters() -> None:
    assert decide(read_text("x^2"), read_text("𝑥^2")).equal


def test_a_reading_other_than_as_written_is_told() -> None:
    found = decide(read_latex(r"\sigma(-x)"), read_latex(r"1-\sigma(x)"))

    assert "read-otherwise: applied" in found.notes
