"""Strategies that draw trees: any tree at all, and expressions that have values."""

from fractions import Fraction

from hypothesis import strategies as st

from grader.maths.tree import (
    CONSTANTS,
    HEADS,
    Apply,
    Constant,
    Number,
    Symbol,
    Text,
    Tree,
    apply,
)

numbers = st.builds(
    Number, st.fractions(min_value=-9, max_value=9, max_denominator=7)
) | st.just(Number(Fraction(10) ** 40))
names = st.sampled_from([*"xyabnABXp", "theta", "x_i"]).map(Symbol)
constants = st.sampled_from(sorted(CONSTANTS)).map(Constant)
words = st.sampled_from(["+", "-", "[)", "le", "yes"]).map(Text)


def _any_head(children: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
    def of_head(head: str) -> st.SearchStrategy[Tree]:
        least, most = HEADS[head]
        sizes = st.integers(least, least + 2 if most is None else most)
        return sizes.flatmap(
            lambda size: st.tuples(*[children] * size).map(
                lambda args: Apply(head, args)
            )
        )

    return st.sampled_from(sorted(HEADS)).flatmap(of_head)


any_tree: st.SearchStrategy[Tree] = st.recursive(
    numbers | names | constants | words, _any_head, max_leaves=8
)

ONE_ARGUMENT = ["sin", "cos", "exp", "atan", "abs", "neg", "ln", "tanh"]


def _operations(children: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
    pairs = st.tuples(children, children)
    return st.one_of(
        pairs.map(lambda pair: Apply("add", pair)),
        pairs.map(lambda pair: Apply("mul", pair)),
        pairs.map(lambda pair: Apply("div", pair)),
        st.tuples(children, st.integers(-2, 3)).map(
            lambda pair: apply("pow", pair[0], Number(Fraction(pair[1])))
        ),
        st.tuples(st.sampled_from(ONE_ARGUMENT), children).map(
            lambda pair: apply(pair[0], pair[1])
        ),
    )


small_numbers = st.fractions(min_value=-5, max_value=5, max_denominator=4).map(Number)
expressions: st.SearchStrategy[Tree] = st.recursive(
    small_numbers | st.sampled_from("xyz").map(Symbol), _operations, max_leaves=7
)

polynomials: st.SearchStrategy[Tree] = st.recursive(
    small_numbers | st.sampled_from("xyz").map(Symbol),
    lambda children: st.tuples(st.sampled_from(["add", "mul"]), children, children).map(
        lambda parts: apply(*parts)
    ),
    max_leaves=6,
)
