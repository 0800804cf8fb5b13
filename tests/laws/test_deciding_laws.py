"""What deciding must keep to, whatever the trees."""

from fractions import Fraction

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from grader.maths.decide import decide
from grader.maths.domain import POSITIVE, Domain, Kind
from grader.maths.evaluation.evaluate import evaluate
from grader.maths.evaluation.values import Undefined
from grader.maths.finding import Truth
from grader.maths.setting import Setting
from grader.maths.tree import Apply, Number, Symbol, Tree, apply, number
from tests.laws.trees import any_tree, expressions, polynomials, small_numbers

QUICK = Setting(seconds=0.2, steps=5_000)
POSITIVE_NAMES = Setting(domains=dict.fromkeys("xyz", POSITIVE), seconds=0.2)
MATRICES = Setting(
    domains=dict.fromkeys("xyz", Domain(kind=Kind.MATRIX, rows=2, columns=2)),
    seconds=0.5,
)


@settings(max_examples=60, deadline=None)
@given(tree=any_tree)
def test_every_tree_says_the_same_as_itself(tree: Tree) -> None:
    assert decide(tree, tree, QUICK).equal


@settings(max_examples=150, deadline=None)
@given(expected=any_tree, given_tree=any_tree)
def test_deciding_never_raises(expected: Tree, given_tree: Tree) -> None:
    assert decide(expected, given_tree, QUICK).truth in Truth


@settings(max_examples=60, deadline=None)
@given(one=expressions, other=expressions)
def test_the_verdict_does_not_depend_on_the_order(one: Tree, other: Tree) -> None:
    forth, back = decide(one, other, QUICK), decide(other, one, QUICK)

    assert forth.truth is back.truth


@settings(max_examples=60, deadline=None)
@given(a=expressions, b=expressions, c=expressions)
def test_rewriting_by_the_laws_of_a_field_is_never_different(
    a: Tree, b: Tree, c: Tree
) -> None:
    written = apply("mul", a, apply("add", b, c))
    expanded = apply("add", apply("mul", c, a), apply("mul", b, a))

    assert not decide(written, expanded, QUICK).different


@settings(max_examples=60, deadline=None)
@given(a=expressions, b=expressions)
def test_rewriting_by_the_laws_of_logarithms_is_never_different(
    a: Tree, b: Tree
) -> None:
    positive = [apply("exp", a), apply("add", number(1), apply("pow", b, number(2)))]
    together = apply("ln", Apply("mul", tuple(positive)))
    apart = Apply("add", tuple(apply("ln", each) for each in positive))

    assert not decide(together, apart, POSITIVE_NAMES).different


@settings(max_examples=60, deadline=None)
@given(u=expressions, v=expressions)
def test_rewriting_by_the_addition_theorem_is_never_different(u: Tree, v: Tree) -> None:
    together = apply("sin", apply("add", u, v))
    parts = apply(
        "add",
        apply("mul", apply("sin", u), apply("cos", v)),
        apply("mul", apply("cos", u), apply("sin", v)),
    )

    assert not decide(together, parts, QUICK).different


@settings(max_examples=80, deadline=None)
@given(tree=expressions, change=small_numbers)
def test_a_change_that_shows_at_a_point_is_never_equal(
    tree: Tree, change: Number
) -> None:
    assume(change.value != 0)
    changed = apply("add", tree, change)
    point = {name: Fraction(7, 5) for name in "xyz"}
    assume(not isinstance(evaluate(tree, point), Undefined))

    assert not decide(tree, changed, QUICK).equal


@settings(max_examples=80, deadline=None)
@given(one=polynomials, other=polynomials)
def test_polynomials_are_equal_just_when_they_agree_everywhere(
    one: Tree, other: Tree
) -> None:
    points = [
        {"x": Fraction(x), "y": Fraction(y), "z": Fraction(z, 3)}
        for x, y, z in [(3, 5, 7), (-11, 2, 13), (1, -17, 4), (19, 23, -29)]
    ]
    agree = all(evaluate(one, at) == evaluate(other, at) for at in points)

    assert decide(one, other, QUICK).equal is agree


@settings(max_examples=30, deadline=None)
@given(factors=st.permutations("xyz"))
def test_matrices_commute_only_when_they_stand_in_the_same_order(
    factors: list[str],
) -> None:
    expected = Apply("mul", tuple(map(Symbol, "xyz")))
    given_tree = Apply("mul", tuple(map(Symbol, factors)))

    finding = decide(expected, given_tree, MATRICES)

    assert finding.equal is (factors == list("xyz"))


@settings(max_examples=40, deadline=None)
@given(tree=expressions)
def test_the_same_question_has_the_same_finding_twice(tree: Tree) -> None:
    other = apply("add", tree, apply("sin", Symbol("x")))

    assert decide(tree, other, QUICK) == decide(tree, other, QUICK)
