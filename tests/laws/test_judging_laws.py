"""Laws of the judging engine: what no answer may change."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from grader.maths.decide import decide
from grader.maths.finding import Truth
from grader.maths.forms.rewriting import same_up_to
from grader.maths.forms.rules import RULES
from grader.maths.numbers import Tolerance, near, round_to_figures, round_to_places
from grader.maths.tree import Apply, Symbol, Tree, apply, number

numbers = st.integers(-9, 9).map(number)
names = st.sampled_from(["x", "y"]).map(Symbol)
trees = st.recursive(
    numbers | names,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(lambda pair: Apply("add", pair)),
        st.tuples(inner, inner).map(lambda pair: Apply("mul", pair)),
        inner.map(lambda tree: apply("neg", tree)),
        inner.map(lambda tree: apply("pow", tree, number(2))),
    ),
    max_leaves=6,
)
signs = st.sampled_from(["eq", "lt", "le"])
claims = st.builds(apply, signs, trees, trees)
rule_sets = st.sets(st.sampled_from(sorted(RULES))).map(frozenset)
fractions = st.fractions(-1000, 1000, max_denominator=1000)


@given(tree=trees, rules=rule_sets)
def test_every_form_is_the_same_as_itself(tree: Tree, rules: frozenset[str]) -> None:
    assert same_up_to(tree, tree, rules)


@given(one=trees, other=trees)
def test_reordering_a_sum_or_a_product_never_matters(one: Tree, other: Tree) -> None:
    for head in ("add", "mul"):
        assert same_up_to(apply(head, one, other), apply(head, other, one))


@settings(max_examples=60, deadline=None)
@given(one=trees, other=trees)
def test_equal_forms_have_equal_values(one: Tree, other: Tree) -> None:
    rules = RULES - {"keep-factors", "keep-terms", "keep-sides"}
    if same_up_to(one, other, rules):
        assert not decide(one, other).different


@settings(max_examples=40, deadline=None)
@given(claim=claims)
def test_a_claim_is_never_different_from_itself_moved_to_one_side(claim: Apply) -> None:
    left, right = claim.args
    gap = apply("add", left, apply("neg", right))
    moved = apply(claim.head, gap, number(0))

    assert not decide(claim, moved).different


@settings(max_examples=40, deadline=None)
@given(claim=claims)
def test_a_claim_never_equals_its_denial(claim: Apply) -> None:
    assert decide(claim, apply("not", claim)).truth is not Truth.EQUAL


@settings(max_examples=40, deadline=None)
@given(one=claims, other=claims)
def test_which_claim_comes_first_never_matters(one: Apply, other: Apply) -> None:
    assert decide(one, other).truth is decide(other, one).truth


@settings(max_examples=40, deadline=None)
@given(one=claims, other=claims)
def test_de_morgan_holds_for_claims(one: Apply, other: Apply) -> None:
    together = apply("not", apply("and", one, other))
    apart = apply("or", apply("not", one), apply("not", other))

    assert not decide(together, apart).different


@given(value=fractions, absolute=st.fractions(0, 9), more=st.fractions(0, 9))
def test_a_wider_tolerance_never_refuses_what_a_narrower_one_took(
    value: Fraction, absolute: Fraction, more: Fraction
) -> None:
    narrow, wide = Tolerance(absolute=absolute), Tolerance(absolute=absolute + more)

    assert not near(Fraction(1), value, narrow) or near(Fraction(1), value, wide)


@given(value=fractions, places=st.integers(-2, 6))
def test_rounding_moves_a_number_by_half_a_place_at_most(
    value: Fraction, places: int
) -> None:
    assert abs(round_to_places(value, places) - value) * 2 <= Fraction(10) ** -places


@given(value=fractions, figures=st.integers(1, 6))
def test_rounding_twice_is_rounding_once(value: Fraction, figures: int) -> None:
    once = round_to_figures(value, figures)

    assert round_to_figures(once, figures) == once
