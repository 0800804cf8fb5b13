"""Two left sides name the same answer, or they do not."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.locate.forms import same_form
from grader.locate.naming import (
    OTHER,
    SAME,
    SAME_BUT_FOR_ARGUMENTS,
    canonical,
    likeness,
)
from grader.locate.spelling import read_paper
from grader.maths.tree import Symbol, Tree, apply, number


def compared(wanted: str, written: str) -> int:
    return likeness(canonical(read_paper(wanted)), canonical(read_paper(written)))


@pytest.mark.parametrize(
    ("wanted", "written"),
    [
        pytest.param(r"\epsilon^*", r"\varepsilon^\star", id="epsilon-and-star"),
        pytest.param("z_0", "z^{(0)}", id="superscript-for-a-point"),
        pytest.param("z_0", r"\mathbf{z}_0", id="bold"),
        pytest.param(r"|\det J_f|", "|J_f|", id="bars-alone"),
        pytest.param(r"|\det J_f|", r"\lvert\det(J_f)\rvert", id="other-bars"),
        pytest.param(r"D_{KL}(p \| q)", r"\mathrm{KL}(p, q)", id="divergence"),
        pytest.param(r"TV(p, q)", r"d_{\mathrm{TV}}(p, q)", id="total-variation"),
        pytest.param(r"L(D^*)", r"\mathcal{L}(D^\star)", id="script-letter"),
        pytest.param(
            r"\frac{d \ell}{dD}", r"\frac{\partial \ell}{\partial D}", id="slopes"
        ),
        pytest.param(
            r"\nabla_\theta L", r"\frac{\partial L}{\partial \theta}", id="nabla"
        ),
        pytest.param(
            r"\frac{\partial f}{\partial z}",
            r"\frac{\partial f(z)}{\partial z}",
            id="of-z",
        ),
        pytest.param(
            "(a, b, c)", r"\begin{pmatrix} a \\ b \\ c \end{pmatrix}", id="column"
        ),
        pytest.param("(a, b, c)", "(a, b, c)^T", id="transposed-row"),
    ],
)
def test_notation_alone_makes_no_other_name(wanted: str, written: str) -> None:
    assert compared(wanted, written) == SAME


@pytest.mark.parametrize(
    ("wanted", "written"),
    [
        pytest.param("J_f", "J_f(z)", id="argument-more"),
        pytest.param("p(x_0)", "p", id="argument-less"),
        pytest.param(r"|\det J_f|", r"|\det J_f(z)|", id="inside-a-determinant"),
    ],
)
def test_arguments_may_be_left_out(wanted: str, written: str) -> None:
    assert compared(wanted, written) == SAME_BUT_FOR_ARGUMENTS


@pytest.mark.parametrize(
    ("wanted", "written"),
    [
        pytest.param("f^{-1}(x)", "f^{-1}(x_0)", id="another-point"),
        pytest.param("f^{-1}(x)", "f(x)", id="the-map-itself"),
        pytest.param("J_f", "J_g", id="another-map"),
        pytest.param(
            r"D_{KL}(p \| q)", r"D_{KL}(q \| p)", id="divergence-turned-round"
        ),
        pytest.param("z_0", "z_1", id="another-index"),
        pytest.param("r^2", "r", id="not-squared"),
    ],
)
def test_another_thing_has_another_name(wanted: str, written: str) -> None:
    assert compared(wanted, written) == OTHER


TREES = st.recursive(
    st.sampled_from([Symbol("x"), Symbol("J_f"), Symbol("p"), number(0), number(2)]),
    lambda inner: st.builds(
        lambda head, args: apply(head, *args),
        st.sampled_from(["call", "abs", "det", "mul", "div", "pow", "matrix", "tuple"])
        | st.sampled_from(["partial", "derivative", "transpose", "limit", "row"]),
        st.lists(inner, min_size=1, max_size=3),
    ),
    max_leaves=8,
)


@settings(max_examples=100, deadline=None)
@given(TREES)
def test_every_tree_names_itself(tree: Tree) -> None:
    assert likeness(canonical(tree), canonical(tree)) == SAME


@pytest.mark.parametrize(
    ("expected", "given_"),
    [
        pytest.param(
            r"-\mathbb{E}_z[a b c]",
            r"\mathbb{E}[-c \cdot b \cdot a]",
            id="order-and-sign",
        ),
        pytest.param(
            r"\mathbb{E}_{z \sim p}[a b]", r"\mathbb{E}_z[a b]", id="law-left-out"
        ),
        pytest.param(r"-\frac{a}{b}", r"\frac{-a}{b}", id="sign-of-a-fraction"),
    ],
)
def test_a_formula_may_be_arranged_otherwise(expected: str, given_: str) -> None:
    assert same_form(read_paper(expected), read_paper(given_))


@pytest.mark.parametrize(
    "given_",
    [
        pytest.param(r"\mathbb{E}[a b]", id="sign-lost"),
        pytest.param(r"-\mathbb{E}[a]", id="factor-lost"),
        pytest.param(r"-a b", id="expectation-lost"),
    ],
)
def test_a_formula_without_a_piece_is_another(given_: str) -> None:
    assert not same_form(read_paper(r"-\mathbb{E}[a b]"), read_paper(given_))
