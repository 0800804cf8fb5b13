"""Shapes that a question may ask for, and sameness up to named rules."""

import pytest

from grader.maths.forms.form import fault_of_form
from grader.maths.forms.rewriting import same_up_to
from grader.maths.forms.rules import FRACTIONS, IDENTITIES, INTEGERS, SIGNS
from grader.maths.forms.shapes import Shape
from grader.maths.reading import read_python


@pytest.mark.parametrize(
    ("shape", "answer", "fault"),
    [
        pytest.param(Shape.EXPANDED, "x**2 + 2*x + 1", "", id="expanded"),
        pytest.param(Shape.EXPANDED, "x*(x + 1)", "product-of-a-sum", id="product"),
        pytest.param(Shape.EXPANDED, "(x + 1)**2", "power-of-a-sum", id="power"),
        pytest.param(Shape.EXPANDED, "-(x + 1)", "product-of-a-sum", id="minus"),
        pytest.param(Shape.FACTORED, "2*x*(x - 3)", "", id="factored"),
        pytest.param(Shape.FACTORED, "6", "", id="a number"),
        pytest.param(Shape.FACTORED, "x**2 - 1", "factors-further", id="square"),
        pytest.param(Shape.FACTORED, "x**2 - 2", "", id="irreducible over Q"),
        pytest.param(Shape.FACTORED, "(2*x + 4)*y", "common-number", id="content"),
        pytest.param(Shape.FACTORED, "x**2 + x", "factors-further", id="common x"),
        pytest.param(Shape.LOWEST_TERMS, "-1/3", "", id="lowest"),
        pytest.param(Shape.LOWEST_TERMS, "2*x/4", "not-in-lowest-terms", id="2 of 4"),
        pytest.param(Shape.LOWEST_TERMS, "-1/-3", "two-minus-signs", id="signs"),
        pytest.param(Shape.LOWEST_TERMS, "1/sqrt(2)", "radical-below", id="surd"),
        pytest.param(Shape.LOWEST_TERMS, "cos(3/6*x)", "not-in-lowest-terms", id="in"),
        pytest.param(Shape.SINGLE_FRACTION, "(x + y)/(x*y)", "", id="one fraction"),
        pytest.param(Shape.SINGLE_FRACTION, "1/x + 1/y", "sum-of-fractions", id="two"),
        pytest.param(
            Shape.SINGLE_FRACTION, "a/(1 + 1/a)", "fraction-in-fraction", id="nested"
        ),
        pytest.param(Shape.PARTIAL_FRACTIONS, "1/x - 1/(x + 1)", "", id="apart"),
        pytest.param(
            Shape.PARTIAL_FRACTIONS, "1/(x*(x + 1))", "denominator-factors", id="joined"
        ),
        pytest.param(
            Shape.PARTIAL_FRACTIONS,
            "(9*x - 8)/(x - 4)**2",
            "numerator-too-high",
            id="power not split",
        ),
        pytest.param(Shape.COMPLETED_SQUARE, "2*(x - 1)**2 + 3", "", id="completed"),
        pytest.param(
            Shape.COMPLETED_SQUARE, "x**2 + 2*x", "variable-twice", id="not completed"
        ),
        pytest.param(Shape.NO_DECIMALS, "x/2", "", id="a fraction"),
        pytest.param(Shape.NO_DECIMALS, "0.5*x", "decimal", id="a decimal"),
        pytest.param(Shape.SIMPLE_RADICALS, "2*sqrt(3)", "", id="simple root"),
        pytest.param(
            Shape.SIMPLE_RADICALS, "sqrt(12)", "radical-simplifies", id="hidden square"
        ),
    ],
)
def test_the_fault_names_what_keeps_an_answer_from_its_shape(
    shape: Shape, answer: str, fault: str
) -> None:
    assert fault_of_form(read_python(answer), shape, "x") == fault


@pytest.mark.parametrize(
    ("expected", "given", "rules"),
    [
        pytest.param("a + b*c", "c*b + a", frozenset(), id="order"),
        pytest.param("(a*b)/c", "a*(b/c)", frozenset(), id="brackets"),
        pytest.param("-(x*y)", "x*(-y)", frozenset(), id="where the minus is"),
        pytest.param("Gt(x, 1)", "Lt(1, x)", frozenset(), id="mirrored"),
        pytest.param("x", "1*x + 0", IDENTITIES, id="identities"),
        pytest.param("-3/x", "3/(-x)", SIGNS, id="minus below"),
        pytest.param("x*(1 - x)", "-x*(x - 1)", SIGNS, id="leading minus"),
        pytest.param("a/(b*c)", "a/b/c", FRACTIONS, id="fractions joined"),
        pytest.param("5*x + x", "(3 + 2)*x + x", INTEGERS, id="integers"),
        pytest.param("sqrt(x)", "x**(1/2)", frozenset({"root-as-power"}), id="root"),
    ],
)
def test_rules_make_forms_the_same(
    expected: str, given: str, rules: frozenset[str]
) -> None:
    assert same_up_to(read_python(expected), read_python(given), rules)


@pytest.mark.parametrize(
    ("expected", "given", "rules"),
    [
        pytest.param("x", "1*x", frozenset(), id="identity without its rule"),
        pytest.param("2*x", "x + x", IDENTITIES | SIGNS, id="collected"),
        pytest.param("1/2", "0.5", IDENTITIES, id="decimal"),
        pytest.param("1/2", "2/4", IDENTITIES, id="not lowest"),
        pytest.param("a*b", "b*a", frozenset({"keep-factors"}), id="order kept"),
        pytest.param(
            "Eq(x, 1)", "Eq(1, x)", frozenset({"keep-sides"}), id="sides kept"
        ),
        pytest.param("X", "x", frozenset(), id="case"),
    ],
)
def test_forms_stay_apart_without_the_rule_that_joins_them(
    expected: str, given: str, rules: frozenset[str]
) -> None:
    assert not same_up_to(read_python(expected), read_python(given), rules)
