from fractions import Fraction

import pytest

from grader.maths.decide import decide
from grader.maths.domain import INTEGER, POSITIVE, interval
from grader.maths.finding import Truth
from grader.maths.reading import read_text
from grader.maths.setting import Setting
from grader.maths.tree import Text, apply, number

EQUAL = [
    pytest.param("(x+1)^2", "x^2+2x+1", id="expanded"),
    pytest.param("e^(x+y)", "e^x e^y", id="law of exponents"),
    pytest.param("ln(x y)", "ln(x)+ln(y)", id="law of logarithms where both exist"),
    pytest.param("sin(2x)", "2 sin x cos x", id="double angle"),
    pytest.param("arcsin(x)+arccos(x)", "pi/2", id="complementary angles"),
    pytest.param("sqrt(5+2sqrt(6))", "sqrt(2)+sqrt(3)", id="nested roots of numbers"),
    pytest.param("cbrt(2+sqrt(5))+cbrt(2-sqrt(5))", "1", id="sum of cube roots"),
    pytest.param("(x^3)^(1/3)", "x", id="odd root of a negative number is real"),
    pytest.param("(x^a)^b", "x^(a b)", id="powers of powers"),
    pytest.param("max(x,y)", "(x+y+|x-y|)/2", id="greater by absolute value"),
    pytest.param("binomial(n,k)", "binomial(n,n-k)", id="symmetry of binomials"),
    pytest.param("(-1)^n", "cos(n*pi)", id="alternating sign of an integer"),
    pytest.param("0.5x", "x/2", id="a decimal is a rational"),
    pytest.param("|e^(i x)|", "1", id="modulus on the unit circle"),
    pytest.param("sqrt(-4)", "2i", id="imaginary root"),
    pytest.param("f(x)+g(x)", "g(x)+f(x)", id="unknown functions commute in a sum"),
    pytest.param("1/(1+e^-x)", "e^x/(1+e^x)", id="two ways to write a sigmoid"),
    pytest.param("floor(x+1)", "floor(x)+1", id="floor and a whole shift"),
]

DIFFERENT = [
    pytest.param("x", "X", id="case counts"),
    pytest.param("sqrt(x^2)", "x", id="sign lost under a root"),
    pytest.param("sqrt((x-7000)^2)", "7000-x", id="a root that turns far off"),
    pytest.param("(x+y)^2", "x^2+y^2", id="the freshman's dream"),
    pytest.param("e^(10x)", "e^(10x)+0.0000001", id="a tiny term added"),
    pytest.param("0.333333333333333", "1/3", id="a rounded third"),
    pytest.param("1e-30", "2e-30", id="two tiny numbers"),
    pytest.param("x^5999", "x^6000", id="huge exponents"),
    pytest.param("tanh(1000)", "1", id="nearly one"),
    pytest.param("e^(pi sqrt(163))", "640320^3+744", id="nearly an integer"),
    pytest.param("arctan(x)+arctan(1/x)", "pi/2", id="holds for positive x only"),
    pytest.param("max(x,0)", "max(x,0.001)", id="a kink moved a little"),
    pytest.param("floor(x)", "floor(x+0.001)", id="a jump moved a little"),
    pytest.param("sqrt(x)", "sqrt(-x)", id="domains that meet in one point"),
    pytest.param("x/0", "1", id="defined nowhere"),
    pytest.param("sin(x)^-1", "arcsin(x)", id="reciprocal taken for inverse"),
    pytest.param("f(x)", "f'(x)", id="function and derivative"),
    pytest.param("|x+y|", "|x|+|y|", id="absolute value is not linear"),
]


@pytest.mark.parametrize(("expected", "given"), EQUAL)
def test_what_is_the_same_is_found_equal_both_ways(expected: str, given: str) -> None:
    one, other = read_text(expected), read_text(given)

    assert decide(one, other).equal
    assert decide(other, one).equal


@pytest.mark.parametrize(("expected", "given"), DIFFERENT)
def test_what_is_not_the_same_is_found_different_both_ways(
    expected: str, given: str
) -> None:
    one, other = read_text(expected), read_text(given)

    assert decide(one, other).different
    assert decide(other, one).different


def test_a_difference_is_proved_by_a_witness_with_both_values() -> None:
    finding = decide(read_text("sqrt(x^2)"), read_text("x"))

    assert finding.method == "proved-different"
    ((name, value),) = finding.witness
    assert name == "x"
    assert Fraction(value) < 0
    assert finding.expected_value == value.removeprefix("-")
    assert finding.given_value == value


def test_the_part_where_two_agree_is_named() -> None:
    finding = decide(read_text("|x|"), read_text("x"))

    assert "equal-for: x > 0" in finding.notes


def test_a_point_where_one_side_alone_is_defined_is_noted() -> None:
    finding = decide(read_text("ln(x^2)"), read_text("2ln(x)"))

    assert finding.equal
    assert any(note.startswith("given-undefined: x = -") for note in finding.notes)


@pytest.mark.parametrize(
    ("method", "given"),
    [
        pytest.param("identical", "sin(x)^2", id="same tree"),
        pytest.param("exact", "sin(x) sin(x)", id="same by the laws of a field"),
        pytest.param("agreed", "1-cos(x)^2", id="same at all points tried"),
    ],
)
def test_the_cheapest_method_that_settles_it_is_told(method: str, given: str) -> None:
    assert decide(read_text("sin(x)^2"), read_text(given)).method == method


def test_agreement_is_told_with_points_and_digits() -> None:
    finding = decide(read_text("sin(x)^2"), read_text("1-cos(x)^2"))

    assert finding.points >= 12
    assert finding.digits >= 30


@pytest.mark.parametrize(
    ("setting", "truth"),
    [
        pytest.param(Setting(), Truth.DIFFERENT, id="real by default"),
        pytest.param(Setting(domains={"x": POSITIVE}), Truth.EQUAL, id="positive"),
        pytest.param(Setting(domains={"x": interval(2, 5)}), Truth.EQUAL, id="between"),
    ],
)
def test_the_declared_domain_decides(setting: Setting, truth: Truth) -> None:
    assert decide(read_text("|x|"), read_text("x"), setting).truth is truth


def test_a_law_of_integers_holds_for_declared_integers_alone() -> None:
    expected, given = read_text("sin(pi k)"), number(0)

    assert decide(expected, given).different
    assert decide(expected, given, Setting(domains={"k": INTEGER})).equal


def test_complex_names_do_not_keep_to_the_line() -> None:
    expected, given = read_text("sqrt(z^2)"), read_text("|z|")

    assert decide(expected, given).equal
    assert decide(expected, given, Setting(complex_numbers=True)).different


def test_entries_are_decided_one_by_one_with_the_place_of_the_first_fault() -> None:
    expected = apply("tuple", read_text("2x"), read_text("x^2"), number(3))
    given = apply("tuple", read_text("x+x"), read_text("x^3"), number(3))

    finding = decide(expected, given)

    assert finding.place == "entry 2"
    assert "agreeing: 2 of 3" in finding.notes


def test_a_matrix_tells_row_and_column_of_the_first_fault() -> None:
    rows = [apply("row", number(1), number(2)), apply("row", number(3), number(4))]
    wrong = apply("row", number(3), number(5))

    finding = decide(apply("matrix", *rows), apply("matrix", rows[0], wrong))

    assert finding.different
    assert finding.place == "entry (2, 2)"


@pytest.mark.parametrize(
    ("expected", "given"),
    [
        pytest.param("(1,2)", "(1,2,3)", id="one entry too many"),
        pytest.param("[1,2]", "3", id="a list for a number"),
    ],
)
def test_another_shape_is_another_thing(expected: str, given: str) -> None:
    assert decide(read_text(expected), read_text(given)).different


@pytest.mark.parametrize(
    ("expected", "given", "truth"),
    [
        pytest.param("oo", "-oo", Truth.DIFFERENT, id="the other end"),
        pytest.param("oo", "7", Truth.DIFFERENT, id="a number"),
        pytest.param("2x", "oo", Truth.DIFFERENT, id="a finite expression"),
        pytest.param("oo", "3oo - 2", Truth.EQUAL, id="numbers beside it"),
        pytest.param("-oo", "-oo/5", Truth.EQUAL, id="a part of it"),
        pytest.param("oo", "oo - oo", Truth.UNKNOWN, id="both ends"),
        pytest.param("oo", "x*oo", Truth.UNKNOWN, id="a sign that nobody knows"),
    ],
)
def test_infinity_is_no_number_and_has_a_sign(
    expected: str, given: str, truth: Truth
) -> None:
    assert decide(read_text(expected), read_text(given)).truth is truth


def test_words_are_compared_as_they_stand() -> None:
    assert decide(Text("odd"), Text("odd")).equal
    assert decide(Text("odd"), Text("even")).different


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("factorial(1000000000)", id="too large to tell one apart"),
        pytest.param("9^9^9^9", id="a tower of powers"),
    ],
)
def test_what_is_out_of_reach_stays_unknown(text: str) -> None:
    expected = read_text(text)

    finding = decide(expected, apply("add", expected, read_text("sin(1)")))

    assert finding.truth is Truth.UNKNOWN


def test_the_budget_ends_a_long_sum() -> None:
    expected = read_text("sum(sin(k), k, 1, 1000000)")

    finding = decide(expected, number(0), Setting(steps=1000))

    assert finding.truth is Truth.UNKNOWN
    assert finding.reason == "budget"


def test_orders_of_growth_ignore_a_constant_factor() -> None:
    assert decide(read_text("O(n ln(n))"), read_text("O(n log_2(n))")).equal
    assert decide(read_text("O(n ln(n))"), read_text("O(n^2)")).different


@pytest.mark.parametrize(
    ("expected", "given", "truth"),
    [
        pytest.param("t - h*f'", "t - f' h", Truth.EQUAL, id="the same unknown"),
        pytest.param("t - h*f'", "t + h*f'", Truth.DIFFERENT, id="its sign"),
        pytest.param("t - h*f'", "t", Truth.DIFFERENT, id="left out"),
        pytest.param("t - h*f'", "t - h*g'", Truth.UNKNOWN, id="another unknown"),
    ],
)
def test_what_has_no_value_of_its_own_counts_as_a_name(
    expected: str, given: str, truth: Truth
) -> None:
    assert decide(read_text(expected), read_text(given)).truth is truth
