"""Trees and sympy values: the same thing on both sides."""

import pytest
import sympy

from grader.maths.reading import read_latex, read_python
from grader.maths.sympy_bridge import NoSympy, from_sympy, to_sympy

x, n = sympy.symbols("x n")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param("x**2 + 1/3", x**2 + sympy.Rational(1, 3), id="arithmetic"),
        pytest.param("exp(-x**2/2)", sympy.exp(-(x**2) / 2), id="an exponential"),
        pytest.param("log(x, 2)", sympy.log(x, 2), id="a logarithm with a base"),
        pytest.param("sqrt(x) + E", sympy.sqrt(x) + sympy.E, id="a root and a constant"),
        pytest.param("Eq(x, oo)", sympy.Eq(x, sympy.oo), id="an equation"),
        pytest.param("Sum(n**2, (n, 1, 3))", sympy.Sum(n**2, (n, 1, 3)), id="a sum"),
        pytest.param("Matrix([[1, x], [0, 2]])", sympy.ImmutableMatrix([[1, x], [0, 2]]),
                     id="a matrix"),
        pytest.param("Interval.Lopen(0, 1)", sympy.Interval.Lopen(0, 1), id="an interval"),
        pytest.param("f(x)", sympy.Function("f")(x), id="an unknown function"),
        pytest.param("Derivative(f(x), (x, 2))", sympy.Function("f")(x).diff(x, 2),
                     id="a derivative"),
        pytest.param("Piecewise((x, x > 0), (0, True))",
                     sympy.Piecewise((x, x > 0), (0, True)), id="cases"),
        pytest.param("Limit(1/x, x, 0, '+')", sympy.Limit(1 / x, x, 0, "+"), id="a limit"),
        pytest.param("Union(Interval(0, 1), FiniteSet(5))",
                     sympy.Union(sympy.Interval(0, 1), sympy.FiniteSet(5)), id="a union"),
        pytest.param("S.Reals", sympy.S.Reals, id="a set by name"),
        pytest.param("gcd(12, 18)", sympy.Integer(6), id="a common divisor"),
    ],
)  # fmt: skip
def test_a_tree_becomes_the_sympy_value_and_comes_back(
    text: str, value: object
) -> None:
    made = to_sympy(read_python(text))

    assert made == value
    assert to_sympy(from_sympy(made)) == value


def test_assumptions_reach_the_symbols() -> None:
    made = to_sympy(read_python("sqrt(x**2)"), {"x": {"positive": True}})

    assert str(made) == "x"


def test_a_head_without_a_counterpart_is_named() -> None:
    with pytest.raises(NoSympy, match="kl"):
        to_sympy(read_latex(r"D_{KL}(p\|q)"))


def test_a_sympy_class_without_a_word_is_named() -> None:
    with pytest.raises(NoSympy, match="besselj"):
        from_sympy(sympy.besselj(0, x))


def test_plain_python_values_become_trees() -> None:
    assert from_sympy([1, True]) == read_python("[1, True]")
    assert from_sympy((sympy.Float("0.5"), -sympy.oo)) == read_python("(0.5, -oo)")
