"""What is expected, a twin that says the same, and a near miss that must be refused."""

import pytest

from grader.maths.decide import decide
from grader.maths.finding import Truth
from grader.maths.reading import Syntax, read


def truth(syntax: Syntax, expected: str, given: str) -> Truth:
    return decide(read(expected, syntax), read(given, syntax)).truth


STATEMENTS = [
    pytest.param("Eq(cos(x), 1)", "Eq(sin(x/2), 0)", "Eq(x, 0)", id="touched far off"),
    pytest.param(
        "Eq((exp(x) - 2)**2, 0)", "Eq(x, log(2))", "Eq(x, log(3))", id="a double root"
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


@pytest.mark.parametrize(("expected", "twin", "miss"), STATEMENTS + MATRICES)
def test_python_is_told_from_its_near_miss(expected: str, twin: str, miss: str) -> None:
    assert truth("python", expected, twin) is Truth.EQUAL
    assert truth("python", expected, miss) is Truth.DIFFERENT


@pytest.mark.parametrize(("expected", "twin", "miss"), BOLD)
def test_latex_is_told_from_its_near_miss(expected: str, twin: str, miss: str) -> None:
    assert truth("latex", expected, twin) is Truth.EQUAL
    assert truth("latex", expected, miss) is Truth.DIFFERENT
