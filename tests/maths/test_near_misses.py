"""What is expected, a twin that says the same, and a near miss that must be refused."""

import pytest

from grader.maths.decide import decide
from grader.maths.finding import Truth
from grader.maths.questions.inquiry import Kind, Question
from grader.maths.questions.judging import judge
from grader.maths.reading import Syntax, read


def truth(syntax: Syntax, expected: str, given: str) -> Truth:
    return decide(read(expected, syntax), read(given, syntax)).truth


STATEMENTS = [
    pytest.param("Eq(cos(x), 1)", "Eq(sin(x/2), 0)", "Eq(x, 0)", id="touched far off"),
    pytest.param(
        "Eq((exp(x) - 2)**2, 0)", "Eq(x, log(2))", "Eq(x, log(3))", id="a double root"
    ),
    pytest.param(
        "Le(sqrt(x), 2)", "And(Ge(x, 0), Le(x, 4))", "Le(x, 4)", id="below the root"
    ),
    pytest.param(
        "Le(log(x, 2) + log(x - 2, 2), 3)",
        "And(Gt(x, 2), Le(x, 4))",
        "And(Ge(x, -2), Le(x, 4))",
        id="outside two logarithms",
    ),
    pytest.param(
        "Le(asin(x), 1)", "And(Ge(x, -1), Le(x, sin(1)))", "Le(x, sin(1))", id="arcsine"
    ),
    pytest.param(
        "Eq(log(x**2), 2*log(3))",
        "Or(Eq(x, 3), Eq(x, -3))",
        "Eq(x, 3)",
        id="a zero where it is looked for",
    ),
    pytest.param(
        "Eq(floor(x), 2)",
        "And(Ge(x, 2), Lt(x, 3))",
        "And(Ge(x, 2), Le(x, 3))",
        id="flat between its steps",
    ),
    pytest.param("Eq(sin(x), 2)", "False", "True", id="out of reach of the sine"),
    pytest.param("Eq(sqrt(x), -1)", "False", "Eq(x, 1)", id="a root is not negative"),
    pytest.param("Ge(exp(x), x + 1)", "True", "Gt(exp(x), x + 1)", id="it touches"),
    pytest.param("Le(sin(x), 1)", "True", "Lt(sin(x), 1)", id="reached at the top"),
]
MATRICES = [
    pytest.param(
        "Matrix([[1,2],[3,4]])*Matrix([[0,1],[1,0]])",
        "Matrix([[2,1],[4,3]])",
        "Matrix([[0,1],[1,0]])*Matrix([[1,2],[3,4]])",
        id="numbers in the other order",
    ),
    pytest.param(
        "Matrix([[a,b],[c,d]])*x*Matrix([[0,1],[1,0]])",
        "x*Matrix([[b,a],[d,c]])",
        "x*Matrix([[c,d],[a,b]])",
        id="a number between them may move",
    ),
]
BOLD = [
    pytest.param(
        r"\mathbf{A}\mathbf{B}",
        r"\mathbf{A} \mathbf{B}",
        r"\mathbf{B}\mathbf{A}",
        id="bold capitals",
    ),
    pytest.param(
        r"(\mathbf{A}+\mathbf{B})^2",
        r"\mathbf{A}^2+\mathbf{A}\mathbf{B}+\mathbf{B}\mathbf{A}+\mathbf{B}^2",
        r"\mathbf{A}^2+2\mathbf{A}\mathbf{B}+\mathbf{B}^2",
        id="a square of a sum",
    ),
    pytest.param(
        r"\mathbf{W}_2\mathbf{W}_1\mathbf{x}+\mathbf{b}",
        r"\mathbf{b}+\mathbf{W}_2\mathbf{W}_1\mathbf{x}",
        r"\mathbf{W}_1\mathbf{W}_2\mathbf{x}+\mathbf{b}",
        id="layers in the other order",
    ),
    pytest.param(
        r"\boldsymbol{\Sigma}^{-1}\mathbf{A}",
        r"\bm{\Sigma}^{-1}\mathbf{A}",
        r"\mathbf{A}\boldsymbol{\Sigma}^{-1}",
        id="a bold Greek capital",
    ),
]


LATEX = [
    pytest.param(
        r"\lim_{x \to 0^-} \frac1x", r"-\infty", r"\infty", id="from the left"
    ),
    pytest.param(r"\lim_{x \to \infty} \ln x", r"\infty", "0", id="grows slowly"),
    pytest.param(
        r"\lim_{n \to \infty} \sqrt[n]{n}", "1", r"\infty", id="no power series"
    ),
    pytest.param(r"\lim_{x \to 0^+} x \ln x", "0", "-1", id="zero after all"),
    pytest.param(
        r"\sum_{n=1}^\infty \frac1n", r"\infty", r"\frac{\pi^2}{6}", id="harmonic"
    ),
    pytest.param(
        r"\sum_{n=1}^\infty \frac{1}{n^2}", r"\frac{\pi^2}{6}", r"\infty", id="squares"
    ),
    pytest.param(
        r"\int_1^\infty \frac{dx}{x}", r"\infty", "1", id="an integral that diverges"
    ),
    pytest.param(
        r"\int_0^1 \frac{dx}{\sqrt x}", "2", r"\infty", id="a pole with an area"
    ),
    pytest.param(r"(f \circ g)(x)", "f(g(x))", "g(f(x))", id="composed"),
    pytest.param(r"\langle 1, 2 \rangle", "(1, 2)", "(2, 1)", id="a vector"),
    pytest.param(
        r"p \leftrightarrow q",
        r"(p \to q) \land (q \to p)",
        r"p \to q",
        id="one direction only",
    ),
    pytest.param(
        r"p \oplus q",
        r"(p \lor q) \land \lnot (p \land q)",
        r"p \lor q",
        id="exclusive",
    ),
    pytest.param(
        r"10 \angle 30^\circ", r"5\sqrt3 + 5i", r"10 \angle -30^\circ", id="a phasor"
    ),
    pytest.param(r"\gcd(6xy, 4x^2)", "2x", "x", id="a divisor of letters"),
    pytest.param(
        r"\operatorname{lcm}(6x, 4y)", "12xy", "24xy", id="a multiple of letters"
    ),
    pytest.param(
        r"|x|",
        r"\begin{cases} x & x > 0 \\ -x & x < 0 \\ 0 & x = 0 \end{cases}",
        r"\begin{cases} x & x \ge 1 \\ -x & x < 0 \end{cases}",
        id="cases that leave some out",
    ),
    pytest.param(r"\frac32 2^n", r"3 \cdot 2^{n-1}", "3^{2n}", id="a bare fraction"),
    pytest.param(r"(1,2,3)\cdot(4,5,6)", "32", "(4, 10, 18)", id="a dot product"),
    pytest.param(r"(1,0,0)\times(0,1,0)", "(0,0,1)", "(0,0,-1)", id="a cross product"),
    pytest.param("|(3,4)|", "5", "7", id="length of coordinates"),
    pytest.param("(1,2)+t(3,4)", "(1+3t,2+4t)", "(1+4t,2+3t)", id="a line"),
    pytest.param(
        r"2\mathbf{i}-3\mathbf{j}+\mathbf{k}", "(2,-3,1)", "(2,3,1)", id="directions"
    ),
    pytest.param(r"\begin{bmatrix}2&0\\0&2\end{bmatrix}", "2I", "I", id="the identity"),
    pytest.param(
        r"\lambda=\frac{h}{mv}",
        r"\lambda=\frac hp \text{ where } p=mv",
        r"\lambda=\frac hp \text{ where } p=m^2v",
        id="a side condition",
    ),
    pytest.param(
        r"Z=R+j\omega L", r"Z=R+i\omega L", r"Z=R-i\omega L", id="an impedance"
    ),
    pytest.param(
        r"x \in A \cap B",
        r"x \in A \land x \in B",
        r"x \in A \lor x \in B",
        id="in sets that nobody knows",
    ),
    pytest.param(
        r"\exists x (x > 0)",
        r"\exists x: x > 0",
        r"\forall x (x > 0)",
        id="a quantifier before a bracket",
    ),
    pytest.param(
        r"\mathbb{R} \setminus \{0\}",
        r"\mathbb{R} - \{0\}",
        r"\mathbb{R} - \{1\}",
        id="the reals without one",
    ),
    pytest.param(
        r"\arg\max_\theta \log p(x;\theta)",
        r"\arg\max_\theta p(x;\theta)",
        r"\arg\min_\theta p(x;\theta)",
        id="largest likelihood",
    ),
    pytest.param(
        r"\arg\min_x \|Ax-b\|^2",
        r"\arg\min_x \|Ax-b\|",
        r"\arg\max_x \|Ax-b\|",
        id="least squares",
    ),
    pytest.param(
        r"\arg\min_t f(t)", r"\arg\max_s (3 - 2f(s))", r"\arg\max_t f(t)", id="turned"
    ),
    pytest.param(r"x \not< 2", r"x \ge 2", "x > 2", id="crossed out"),
    pytest.param(r"x \nleq 2", "x > 2", r"x \ge 2", id="crossed out in one sign"),
    pytest.param(r"(1, \\frac{1}{2})", "(1, 0.5)", "0.5", id="a comma is no stop"),
    pytest.param(
        r"\begin{cases} x^2, & x < 1, \\ 2x-1, & x \ge 1. \end{cases}",
        r"\begin{cases} x^2 & x < 1 \\ 2x-1 & x \ge 1 \end{cases}",
        r"\begin{cases} x^2 & x < 1 \\ 2x+1 & x \ge 1 \end{cases}",
        id="a sentence of cases",
    ),
    pytest.param(r"\textcolor{red}{x} + 1", "x + 1", "1", id="in colour"),
]
TEXT = [
    pytest.param("~p or q", "p -> q", "q -> p", id="an arrow that implies"),
    pytest.param("d/dx(x^2)", "2x", "x", id="a derivative with brackets"),
    pytest.param("<1,2,3>", "(1,2,3)", "<1,3,2>", id="a vector between arrows"),
    pytest.param("2 cis(pi/3)", "1 + i sqrt(3)", "1 - i sqrt(3)", id="cis"),
    pytest.param("mod(7, 3)", "1", "2", id="mod with brackets"),
    pytest.param("[1,2;3,4]", "[[1,2],[3,4]]", "[[1,3],[2,4]]", id="rows"),
    pytest.param(
        "[1,2;3,4]*[0,1;1,0]", "[2,1;4,3]", "[3,4;1,2]", id="a product of rows"
    ),
    pytest.param("2(1,2)+(3,4)", "(5,8)", "(5,7)", id="coordinates"),
    pytest.param("(1,2)·(3,4)", "11", "10", id="a dot between coordinates"),
    pytest.param("2i+3j-k", "<2,3,-1>", "<2,3,1>", id="along i, j, k"),
    pytest.param("x = 2 or x = 3", "x = 2 or 3", "x = 2 or 4", id="a name for both"),
    pytest.param(
        "x < 1 or x > 2", "x < 1 || x > 2", "x < 1 && x > 2", id="bars between claims"
    ),
    pytest.param("not(x > 2)", "!(x > 2)", "!(x < 2)", id="denied by a mark"),
    pytest.param("{1, 3}", "{1,2,3} \\ {2}", "{1,2,3} \\ {1}", id="without a member"),
    pytest.param("{1, 3}", "{1,2,3} - {2}", "{1,2,3} - {3}", id="minus a set"),
    pytest.param("(-2, 2)", "{x in R | x^2 < 4}", "{x in R | x^2 > 4}", id="x in R"),
    pytest.param("(x,y) = (1,2)", "x=1 and y=2", "x=2 and y=1", id="pairs are equal"),
    pytest.param("∠ABC", "∠CBA", "∠BAC", id="an angle from the other side"),
]


@pytest.mark.parametrize(("expected", "twin", "miss"), STATEMENTS + MATRICES)
def test_python_is_told_from_its_near_miss(expected: str, twin: str, miss: str) -> None:
    assert truth("python", expected, twin) is Truth.EQUAL
    assert truth("python", expected, miss) is Truth.DIFFERENT


@pytest.mark.parametrize(("expected", "twin", "miss"), TEXT)
def test_text_is_told_from_its_near_miss(expected: str, twin: str, miss: str) -> None:
    assert truth("text", expected, twin) is Truth.EQUAL
    assert truth("text", expected, miss) is Truth.DIFFERENT


@pytest.mark.parametrize(
    ("expected", "twin", "miss"),
    [
        pytest.param(
            r"\begin{cases} x+y=3 \\ x-y=1 \end{cases}",
            "x = 2, y = 1",
            "x = 1, y = 2",
            id="a system and its solution",
        ),
        pytest.param("x = 2, y = 1", "y = 1, x = 2", "x = 2, y = 2", id="reordered"),
        pytest.param(
            r"x = 2k\pi + 1, k \in \mathbb{Z}",
            r"x = 1 + 2n\pi, n \in \mathbb{Z}",
            r"x = 1 + n\pi, n \in \mathbb{Z}",
            id="another letter that counts",
        ),
    ],
)
def test_lists_are_told_from_their_near_miss(
    expected: str, twin: str, miss: str
) -> None:
    def asked(given: str) -> Truth:
        trees = read(expected, "latex"), read(given, "latex")
        return judge(Question(kind=Kind.VALUE, expected=trees[0], given=trees[1])).truth

    assert asked(twin) is Truth.EQUAL
    assert asked(miss) is Truth.DIFFERENT


@pytest.mark.parametrize(("expected", "twin", "miss"), BOLD + LATEX)
def test_latex_is_told_from_its_near_miss(expected: str, twin: str, miss: str) -> None:
    assert truth("latex", expected, twin) is Truth.EQUAL
    assert truth("latex", expected, miss) is Truth.DIFFERENT
