"""Equations, inequalities, logic and sets, judged by what solves them."""

import pytest

from grader.maths.decide import decide
from grader.maths.domain import MATRIX, POSITIVE, REAL
from grader.maths.finding import Truth
from grader.maths.reading import read_python
from grader.maths.relating.relations import decide_relations
from grader.maths.setting import DEFAULT, Setting

EQUAL, DIFFERENT, UNKNOWN = Truth.EQUAL, Truth.DIFFERENT, Truth.UNKNOWN


def judged(expected: str, given: str, setting: Setting = DEFAULT) -> Truth:
    return decide(read_python(expected), read_python(given), setting).truth


@pytest.mark.parametrize(
    ("expected", "given"),
    [
        pytest.param("Eq(y, 2*x + 1)", "Eq(2*y - 4*x, 2)", id="scaled line"),
        pytest.param("Eq(x**2, 4)", "Or(Eq(x, 2), Eq(x, -2))", id="both roots"),
        pytest.param("Eq(x**2, 4)", "Eq(Abs(x), 2)", id="absolute value"),
        pytest.param("Eq(a*b, 0)", "Or(Eq(a, 0), Eq(b, 0))", id="zero product"),
        pytest.param("Eq((x - sqrt(2))**2, 0)", "Eq(x, sqrt(2))", id="surd, twice"),
        pytest.param("Eq(sqrt(3*x + 4), 2 + sqrt(x + 2))", "Eq(x, 7)", id="radicals"),
        pytest.param("Eq(log(x), 1)", "Eq(x, E)", id="logarithm"),
        pytest.param("Eq(x**5 + x, 2)", "Eq(x, 1)", id="only one real root"),
        pytest.param("Eq(x, x)", "True", id="holds everywhere"),
        pytest.param("Eq(0, 3)", "Eq(x, x + 1)", id="holds nowhere"),
        pytest.param(
            "And(Eq(x**2 + y**2, 5), Eq(x**2 - y**2, 3))",
            "And(Eq(x**2, 4), Eq(y**2, 1))",
            id="system that needs elimination",
        ),
    ],
)
def test_equations_with_the_same_solutions_are_equal(expected: str, given: str) -> None:
    assert judged(expected, given) is EQUAL
    assert judged(given, expected) is EQUAL


@pytest.mark.parametrize(
    ("expected", "given", "reason"),
    [
        pytest.param("Eq(x**2, 4)", "Eq(x, 2)", "lost-solutions", id="root lost"),
        pytest.param("Eq(x, 2)", "Eq(x**2, 4)", "gained-solutions", id="squared"),
        pytest.param("Eq(x*y, y)", "Eq(x, 1)", "lost-solutions", id="divided by y"),
        pytest.param(
            "Eq((x - 2)**2/(x - 2), 0)", "Eq(x, 2)", "gained-solutions", id="pole"
        ),
        pytest.param(
            "Eq(log(x) + log(x - 1), 0)",
            "Eq(x*(x - 1), 1)",
            "gained-solutions",
            id="outside the logarithm",
        ),
        pytest.param("Eq(x, 1)", "Eq(x, 2)", "solutions-differ", id="plainly wrong"),
        pytest.param("Gt(x, 2)", "Ge(x, 2)", "gained-solutions", id="end included"),
        pytest.param("Gt(x, 1)", "Gt(x, 2)", "lost-solutions", id="bound too high"),
    ],
)
def test_the_reason_says_whether_solutions_were_gained_or_lost(
    expected: str, given: str, reason: str
) -> None:
    finding = decide(read_python(expected), read_python(given))

    assert finding.truth is DIFFERENT
    assert finding.reason == reason
    assert finding.witness


@pytest.mark.parametrize(
    ("expected", "given", "truth"),
    [
        pytest.param("Gt(x**2, 4)", "Or(Gt(x, 2), Lt(x, -2))", EQUAL, id="outside"),
        pytest.param("Lt(Abs(x), 2)", "And(Lt(-2, x), Lt(x, 2))", EQUAL, id="inside"),
        pytest.param("Lt(1/x, 1)", "Or(Lt(x, 0), Gt(x, 1))", EQUAL, id="pole counted"),
        pytest.param("Lt(1/x, 1)", "Gt(x, 1)", DIFFERENT, id="pole forgotten"),
        pytest.param("Gt(-x, 1)", "Gt(x, -1)", DIFFERENT, id="direction not turned"),
        pytest.param("Lt(x + y, 1)", "Gt(1 - x, y)", EQUAL, id="two names"),
        pytest.param("Lt(x + y, 1)", "Lt(x - y, 1)", DIFFERENT, id="two, wrong sign"),
        pytest.param("Not(Le(x, 2))", "Gt(x, 2)", EQUAL, id="denied"),
        pytest.param("Ne(x, 2)", "Or(Lt(x, 2), Gt(x, 2))", EQUAL, id="unequal"),
    ],
)
def test_inequalities_are_judged_on_and_between_their_critical_points(
    expected: str, given: str, truth: Truth
) -> None:
    assert judged(expected, given) is truth


@pytest.mark.parametrize(
    ("expected", "given", "truth"),
    [
        pytest.param("Not(And(A, B))", "Or(Not(A), Not(B))", EQUAL, id="De Morgan"),
        pytest.param("Implies(A, B)", "Implies(Not(B), Not(A))", EQUAL, id="turned"),
        pytest.param("Implies(A, B)", "Implies(B, A)", DIFFERENT, id="converse"),
        pytest.param("Xor(A, B)", "Not(Equivalent(A, B))", EQUAL, id="either or"),
        pytest.param("And(A, B)", "And(C, A)", DIFFERENT, id="another letter"),
        pytest.param("True", "Or(A, Not(A))", EQUAL, id="tautology"),
        pytest.param("True", "False", DIFFERENT, id="constants"),
    ],
)
def test_logic_is_judged_by_its_truth_table(
    expected: str, given: str, truth: Truth
) -> None:
    assert judged(expected, given) is truth


@pytest.mark.parametrize(
    ("expected", "given", "truth"),
    [
        pytest.param("{1, 2}", "{2, 1, 1}", EQUAL, id="order and repetition"),
        pytest.param("{1, 2}", "{1, 2, 3}", DIFFERENT, id="one too many"),
        pytest.param("{a, b}", "{b, a}", EQUAL, id="letters"),
        pytest.param("Interval(0, 1)", "Interval.open(0, 1)", DIFFERENT, id="ends"),
        pytest.param("Interval(1, 3)", "{1, 3}", DIFFERENT, id="ends alone"),
        pytest.param(
            "Interval(0, 2)",
            "Union(Interval(0, 1), Interval(1, 2))",
            EQUAL,
            id="in two pieces",
        ),
        pytest.param(
            "Interval(0, 2)",
            "Union(Interval.Ropen(0, 1), Interval.Lopen(1, 2))",
            DIFFERENT,
            id="a point is missing",
        ),
        pytest.param("subset({3}, {3, 4})", "True", EQUAL, id="part of a set"),
        pytest.param("subset({3, 4}, {4, 3})", "True", DIFFERENT, id="all of a set"),
        pytest.param("subset_eq({3, 4}, {4, 3})", "True", EQUAL, id="all, allowed"),
        pytest.param("superset({3, 4}, {5})", "True", DIFFERENT, id="no part"),
        pytest.param("subset(A, B)", "True", UNKNOWN, id="sets that nobody knows"),
        pytest.param(
            "owns(A, x)", "Contains(x, A)", EQUAL, id="told from the set's side"
        ),
        pytest.param("owns(Interval(0, 1), x)", "Le(x, 1)", DIFFERENT, id="no end"),
    ],
)
def test_sets_are_judged_by_their_members(
    expected: str, given: str, truth: Truth
) -> None:
    assert judged(expected, given) is truth


@pytest.mark.parametrize(
    ("expected", "given", "truth"),
    [
        pytest.param("Eq(w, w - h*g)", "Eq(w, w + h*g)", DIFFERENT, id="sign"),
        pytest.param("Eq(w, w - h*g)", "Eq(w, -g*h + w)", EQUAL, id="order"),
        pytest.param("Eq(w, 2*w - 1)", "Eq(w, 3*w - 2)", EQUAL, id="an equation for w"),
        pytest.param(
            "defined_as(w, w/2)", "defined_as(w, 2*w)", DIFFERENT, id="said so"
        ),
    ],
)
def test_a_name_that_is_set_anew_is_no_unknown(
    expected: str, given: str, truth: Truth
) -> None:
    assert judged(expected, given) is truth


def test_a_declared_domain_makes_the_negative_root_irrelevant() -> None:
    positive = Setting(domains={"x": POSITIVE})

    assert judged("Eq(x**2, 9)", "Eq(x, 3)", positive) is EQUAL
    assert judged("Eq(x**2, 9)", "Eq(x, -3)", positive) is DIFFERENT


def test_explicit_i_makes_the_solutions_complex() -> None:
    assert judged("Eq((x - I)*(x + I), 0)", "Eq(x**2, -1)") is EQUAL
    assert judged("Eq(a*(2 + I), b)", "Eq(a, b*(2 - I)/4)") is DIFFERENT


def test_an_equation_is_no_expression() -> None:
    finding = decide_relations(read_python("Eq(y, x)"), read_python("x"), DEFAULT)

    assert finding.truth is DIFFERENT
    assert finding.reason == "wrong-type"


@pytest.mark.parametrize(
    ("expected", "given", "truth"),
    [
        pytest.param("Eq(f(2), f(3) + 4)", "Eq(f(2) - 4, f(3))", EQUAL, id="values"),
        pytest.param("Eq(f(2), f(3) + 4)", "Eq(f(2), f(3) - 4)", DIFFERENT, id="sign"),
        pytest.param("Eq(2*f(x), 2*x**2)", "Eq(f(x), x**2)", EQUAL, id="halved"),
        pytest.param(
            "Eq(Derivative(y(x), x), -x/4)",
            "Eq(4*Derivative(y(x), x) + x, 0)",
            EQUAL,
            id="differential equation",
        ),
        pytest.param(
            "Eq(Derivative(y(x), x), -x/4)",
            "Eq(4*Derivative(y(x), x) - x, 0)",
            DIFFERENT,
            id="differential equation, sign",
        ),
    ],
)
def test_unknown_functions_enter_by_their_values(
    expected: str, given: str, truth: Truth
) -> None:
    assert judged(expected, given) is truth


@pytest.mark.parametrize(
    ("expected", "given"),
    [
        pytest.param(
            "Eq(x**2 + y**2, 0)", "Eq(x**2 + y**2, -1)", id="point or nothing"
        ),
        pytest.param(
            "Eq((x - 1)**2 + (y - 1)**2, 0)", "Eq(x**2 + y**2, 0)", id="two points"
        ),
        pytest.param(
            "And(Eq(x, 1), Eq(y, 2), Eq(z, 3))",
            "And(Eq(x, 1), Eq(y, 2), Eq(z, 4))",
            id="one point in space",
        ),
        pytest.param("Interval.open(-oo, 1)", "Interval.open(oo, 1)", id="empty"),
    ],
)
def test_solutions_that_chance_would_never_meet_are_found(
    expected: str, given: str
) -> None:
    assert judged(expected, given) is DIFFERENT
    assert judged(given, expected) is DIFFERENT


def test_equations_without_real_solutions_are_told_apart_by_others() -> None:
    one, other = "Eq(x**2 + 1, 0)", "Eq(x**2 + 4, 0)"

    assert judged(one, other) is DIFFERENT
    assert judged(one, other, Setting(domains={"x": REAL})) is EQUAL
    assert judged(one, "Eq(2*x**2 + 2, 0)") is EQUAL
    assert judged(one, "False") is EQUAL


def test_names_of_matrices_are_not_taken_for_numbers() -> None:
    matrices = Setting(domains={"A": MATRIX, "B": MATRIX})

    assert judged("Eq(A*B, C)", "Eq(B*A, C)", matrices) is not EQUAL


def test_the_witness_of_a_lost_root_is_that_root() -> None:
    finding = decide(read_python("Eq(x**2, 4)"), read_python("Eq(x, 2)"))

    assert finding.witness == (("x", "-2"),)
    assert finding.notes == ("lost-solution: x = -2",)
