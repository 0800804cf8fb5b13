from fractions import Fraction

import pytest
from flint import acb, arb, fmpq

from grader.maths.evaluation.evaluate import evaluate
from grader.maths.evaluation.frame import Frame
from grader.maths.evaluation.matrices import Matrix
from grader.maths.evaluation.values import Budget, Plane, Undefined
from grader.maths.reading import read_latex, read_text
from grader.maths.tree import symbols_of


def at(text: str, value: int | Fraction) -> object:
    tree = read_text(text)
    return evaluate(tree, dict.fromkeys(symbols_of(tree), Fraction(value)))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param("ln(x)", -1, id="logarithm of a negative number"),
        pytest.param("sqrt(x)", -4, id="root of a negative number"),
        pytest.param("1/x", 0, id="pole"),
        pytest.param("arcsin(x)", 2, id="sine is never two"),
        pytest.param("arccosh(x)", 0, id="cosine is never below one"),
        pytest.param("gamma(x)", -3, id="pole of gamma"),
        pytest.param("x^x", -Fraction(1, 3), id="a letter's odd root"),
        pytest.param("0^x", -1, id="zero in a denominator"),
    ],
)
def test_outside_the_real_domain_there_is_no_value(
    text: str, value: int | Fraction
) -> None:
    assert at(text, value) == Undefined("outside-domain")


@pytest.mark.parametrize(
    ("text", "value", "expected"),
    [
        pytest.param("x^3 - x/2", Fraction(1, 3), fmpq(-7, 54), id="rational"),
        pytest.param("sqrt(x)", Fraction(4, 9), fmpq(2, 3), id="square"),
        pytest.param("x^(2/3)", 8, fmpq(4), id="cube"),
        pytest.param("x^(1/3)", -27, fmpq(-3), id="odd root"),
        pytest.param("log_2(x)", 1024, fmpq(10), id="whole logarithm"),
        pytest.param("binomial(x, 2)", Fraction(1, 2), fmpq(-1, 8), id="polynomial"),
        pytest.param("-1 mod x", 3, fmpq(2), id="remainder with the modulus's sign"),
    ],
)
def test_exact_arguments_have_exact_values(
    text: str, value: int | Fraction, expected: fmpq
) -> None:
    assert at(text, value) == expected


def test_a_ball_holds_the_value_and_narrows_with_precision() -> None:
    tree = read_text("sin(x)")

    wide = evaluate(tree, {"x": 1}, bits=64)
    narrow = evaluate(tree, {"x": 1}, bits=512)

    assert isinstance(wide, arb)
    assert isinstance(narrow, arb)
    assert wide.overlaps(narrow)
    assert narrow.rad() < wide.rad()


def test_the_complex_plane_has_principal_values() -> None:
    frame = Frame(plane=Plane.COMPLEX)

    value = evaluate(read_text("ln(x)"), {"x": -1}, frame=frame)

    assert isinstance(value, acb)
    assert value.imag.overlaps(arb.pi())


def test_a_name_without_a_value_makes_no_value() -> None:
    assert isinstance(evaluate(read_text("x + y"), {"x": 1}), Undefined)


def test_the_budget_is_counted_inside_the_loop() -> None:
    frame = Frame(budget=Budget(steps=10))

    value = evaluate(read_text("sum(k, k, 1, n)"), {"n": 100}, frame=frame)

    assert value == Undefined("budget")


def test_a_product_of_misfits_has_no_value() -> None:
    column = Matrix(((fmpq(1),), (fmpq(2),)))

    value = evaluate(read_latex("x y"), {"x": column, "y": column})

    assert value == Undefined("shape")
