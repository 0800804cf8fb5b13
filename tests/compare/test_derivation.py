"""Each step of a written chain is marked true, false or open, as it is."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.compare.derivation import mark_chains
from grader.compare.setting import setting_of
from grader.locate.chains import chains_of
from grader.locate.definitions import definitions_in
from grader.locate.passages import passages_of
from grader.locate.sections import Section
from grader.locate.sheet import Sheet
from grader.locate.spelling import PAPER
from grader.model.rubric import SymbolDomain
from grader.model.writing import Mark

SETTING = setting_of(
    {
        "x": SymbolDomain.model_validate("(0, 1)"),
        "y": SymbolDomain.model_validate("positive"),
        "D": SymbolDomain.model_validate("(0, 1)"),
    }
)


def marks(text: str) -> tuple[Mark, ...]:
    """Mark a text as a sheet with one question is marked."""
    passages = passages_of(text)
    chains = chains_of(passages, PAPER)
    sheet = Sheet(
        passages=passages,
        sections=(Section(),) * len(passages),
        chains=chains,
        whole=chains,
        definitions={"": definitions_in(list(enumerate(chains)))},
    )
    return mark_chains(chains, SETTING, lambda tree: tree, sheet.put_in)


@pytest.mark.parametrize(
    ("text", "standings"),
    [
        pytest.param(
            "$a = (x+1)^2 = x^2 + 2x + 1$", ["unchecked", "true"], id="identity"
        ),
        pytest.param(
            "$a = (x+1)^2 = x^2 + 1$", ["unchecked", "false"], id="cross-term-lost"
        ),
        pytest.param(
            "$a = x^2 \\le x$", ["unchecked", "true"], id="true-on-the-domain"
        ),
        pytest.param(
            "$a = x \\le x^2$", ["unchecked", "false"], id="bound-turned-round"
        ),
        pytest.param(
            "$a = 2 \\log y \\le y / e$",
            ["unchecked", "false"],
            id="factor-lost-in-a-bound",
        ),
        pytest.param(
            "$a = |1 - 0.9 + x| = x$",
            ["unchecked", "false"],
            id="numbers-do-not-cancel",
        ),
        pytest.param("$x = 1/2$", ["unchecked"], id="an-equation-that-is-solved"),
        pytest.param("$x^2 - x = 0$", ["unchecked"], id="an-equation-to-solve"),
        pytest.param(
            "$a = x - 1/2 = 0$", ["unchecked", "unchecked"], id="set-to-zero-and-solved"
        ),
        pytest.param("$u = x + 1$", ["unchecked"], id="definition"),
        pytest.param("$a = 1/e = 0.3679$", ["unchecked", "true"], id="rounded"),
        pytest.param(
            "$a = 1/e = 0.3678$", ["unchecked", "false"], id="rounded-wrongly"
        ),
        pytest.param(
            "$D(G(x)) = s(h(G(x)))$", ["unchecked"], id="functions-without-names"
        ),
        pytest.param(
            "$a = \\foo{x} = x$", ["unchecked", "unchecked"], id="not-readable"
        ),
        pytest.param("$y \\to 0$", ["unchecked"], id="limits-claim-nothing-here"),
        pytest.param(
            "$a = x + 1 = x + 2 = x + 2$",
            ["unchecked", "false", "true"],
            id="later-steps-on-their-own",
        ),
        pytest.param(
            "$D = y / 2$. Then $a = 1 - D = 1 - y/2$",
            ["unchecked", "unchecked", "unchecked"],
            id="letters-that-are-defined-by-others",
        ),
    ],
)
def test_a_step_is_marked_as_it_is(text: str, standings: list[str]) -> None:
    assert [mark.standing for mark in marks(text)] == standings


def test_a_false_step_has_a_witness_in_the_declared_domain() -> None:
    (_, step) = marks("$a = x + 1 = 2x$")

    assert [name for name, _ in step.witness] == ["x"]
    assert step.domain == "0 < x < 1"


IDENTITIES = [
    lambda s: f"({s} + 0)",
    lambda s: f"1 \\cdot ({s})",
    lambda s: f"\\frac{{2 ({s})}}{{2}}",
    lambda s: f"\\left({s}\\right) + x - x",
    lambda s: f"\\log\\left(e^{{{s}}}\\right)",
    lambda s: f"-(-({s}))",
    lambda s: f"({s})(\\sin^2 y + \\cos^2 y)",
]
STEPS = st.lists(st.sampled_from(IDENTITIES), min_size=1, max_size=3)
STARTS = st.sampled_from(["x", "x^2 + y", r"\frac{1}{x + y}", r"e^{-x}", r"\sqrt{y}"])


def chained(start: str, steps: list) -> list[str]:  # type: ignore[type-arg]  # functions of text
    terms = [start]
    for step in steps:
        terms.append(step(terms[-1]))
    return terms


@settings(max_examples=30, deadline=None)
@given(STARTS, STEPS)
def test_a_chain_of_identities_is_never_marked_false(
    start: str,
    steps: list,  # type: ignore[type-arg]  # functions of text
) -> None:
    found = marks(f"$w = {' = '.join(chained(start, steps))}$")

    assert "false" not in {mark.standing for mark in found}


@settings(max_examples=30, deadline=None)
@given(STARTS, STEPS, st.sampled_from([" + 1", r" \cdot 2", " - y", " + x^2"]))
def test_a_step_that_is_spoilt_is_never_marked_true(
    start: str,
    steps: list,  # type: ignore[type-arg]  # functions of text
    spoil: str,
) -> None:
    terms = chained(start, steps)
    terms[-1] = f"({terms[-1]}){spoil}"

    found = marks(f"$w = {' = '.join(terms)}$")

    assert found[-1].standing != "true"


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(["x", "y", "=", r"\le", ">", "+", "^2", "(", ")", r"\frac12"])
        | st.sampled_from([r"\log", "{", "}", "|", r"\\", "&", "0", ",", r"\to"]),
        max_size=14,
    ).map(" ".join)
)
def test_no_formula_is_too_odd_to_be_marked(latex: str) -> None:
    for mark in marks(f"${latex}$"):
        assert mark.standing in {"true", "false", "unchecked", "undecided"}
