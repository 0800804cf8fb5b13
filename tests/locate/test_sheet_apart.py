"""A sheet's text is taken apart: passages, sections, chains."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.locate.chains import chains_of, joined
from grader.locate.passages import passages_of
from grader.locate.sections import outline_of, sections_of
from grader.locate.spelling import PAPER
from grader.model.writing import Chain, PassageKind

PARTS = ("1a", "1b", "2a", "2b-i", "2b-ii", "2c")

OFTEN = ["$", "$$", "\\[", "\\]", "\\begin{align}", "\\end{align}", "&", "\\\\", "="]
OFTEN += ["\\le", "{", "}", "\\frac", "x", "1", "#", "a)", "\n", "\n\n", "\\boxed{"]
OFTEN += ["\\begin{cases}", "\\end{cases}", "\\text{", ",", "|", "**", "\\lim_", "\0"]
NOISE = st.lists(st.sampled_from(OFTEN) | st.text(max_size=4), max_size=40).map("".join)


def chains(text: str) -> tuple[Chain, ...]:
    return chains_of(passages_of(text), PAPER)


def latex(text: str) -> list[tuple[str, ...]]:
    return [tuple(term.latex for term in chain.terms) for chain in chains(text)]


@settings(max_examples=120, deadline=None)
@given(NOISE)
def test_no_text_is_too_odd_to_be_taken_apart(text: str) -> None:
    passages = passages_of(text)

    lines = text.count("\n") + 1
    assert all(1 <= passage.line <= lines for passage in passages)
    assert len(sections_of(passages, outline_of(PARTS))) == len(passages)
    joined(chains_of(passages, PAPER))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("So\n$$\nx = 1\n$$\nand on", id="no-blank-lines-around"),
        pytest.param("So $$x = 1$$ and on", id="in-the-middle-of-a-line"),
        pytest.param("So \\[ x = 1 \\] and on", id="latex-brackets"),
        pytest.param(
            "So\n\\begin{equation*}\nx = 1\n\\end{equation*}", id="environment"
        ),
        pytest.param("$$\n\nx = 1\n\n$$", id="blank-lines-inside"),
    ],
)
def test_a_display_is_found_however_it_is_set_apart(text: str) -> None:
    displays = [p for p in passages_of(text) if p.kind is PassageKind.DISPLAY]

    assert len(displays) == 1
    assert latex(text) == [("x", "1")] or "~" in displays[0].text


def test_a_formula_keeps_the_line_where_the_sheet_has_it() -> None:
    text = "\\section{One}\nwords\n\\[\n x = 1\n\\]\nmore $y = 2$\n\n\n$$z = 3$$\n"

    lines = [p.line for p in passages_of(text) if p.is_formula]

    assert lines == [3, 6, 9]


@pytest.mark.parametrize(
    ("text", "question", "label"),
    [
        pytest.param("## Problem 1\n\n(a) $x$", "1", "a", id="round-brackets"),
        pytest.param("# Question 2\n\n**b)** $x$", "2", "b", id="bold-label"),
        pytest.param(
            "# Aufgabe 2\n\n### c.\n\n$x$", "2", "c", id="heading-is-a-letter"
        ),
        pytest.param("## 1(b) The point\n\n$x$", "1", "b", id="part-in-the-heading"),
        pytest.param("## Q1\n\n### Part A\n\n$x$", "1", "a", id="part-spelt-out"),
        pytest.param("## 1.2\n\n$x$", "1", "b", id="numbered-parts"),
        pytest.param("1b) $x$", "1", "b", id="no-heading-at-all"),
        pytest.param("# Homework 2\n\n$x$", "", "", id="number-of-the-homework"),
        pytest.param("# Problem 2\n\n# A remark\n\n$x$", "2", "", id="article-a"),
        pytest.param("# Problem 2\n\n1. first $x$", "2", "", id="steps-of-a-list"),
        pytest.param("# Problem 2\n\n- **B.** $x$", "2", "b", id="label-in-a-list"),
    ],
)
def test_a_passage_belongs_where_its_heading_says(
    text: str, question: str, label: str
) -> None:
    passages = passages_of(text)

    last = sections_of(passages, outline_of(PARTS))[-1]

    assert (last.question, last.label) == (question, label)


def test_a_roman_item_stays_inside_its_part() -> None:
    passages = passages_of("# Problem 2\n\nb) $x$\n\n(ii) $y$")

    last = sections_of(passages, outline_of(PARTS))[-1]

    assert (last.label, last.item) == ("b", "ii")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("$a = b \\le c$", [("a", "b", "c")], id="one-chain"),
        pytest.param("$a = 1, b = 2$", [("a", "1"), ("b", "2")], id="two-by-a-comma"),
        pytest.param("$a = (1, 2)$", [("a", "(1, 2)")], id="comma-of-a-pair"),
        pytest.param("$\\boxed{a = 1}$", [("a", "1")], id="boxed"),
        pytest.param(
            "$a = 1 \\text{ for all } b > 0$", [("a", "1"), ("b", "0")], id="words"
        ),
        pytest.param(
            "$$\\begin{cases} a = 1 \\\\ b = 2 \\end{cases}$$",
            [("a", "1"), ("b", "2")],
            id="system-of-equations",
        ),
        pytest.param(
            "$$\\begin{aligned} a &= b \\\\ &= c \\end{aligned}$$",
            [("a", "b"), ("b", "c")],
            id="aligned",
        ),
        pytest.param(
            "$$a = b$$\n\nso\n\n$$= c$$", [("a", "b"), ("b", "c")], id="goes-on"
        ),
        pytest.param(
            "$$a = b$$\n\nwhich is $> 0$", [("a", "b"), ("0",)], id="inline-does-not"
        ),
        pytest.param(
            "$h \\to 0 \\implies k = 1$", [("h", "0"), ("k", "1")], id="arrow"
        ),
    ],
)
def test_a_formula_is_cut_where_one_statement_ends(
    text: str, expected: list[tuple[str, ...]]
) -> None:
    assert latex(text) == expected


def test_a_chain_that_goes_on_is_one_again_when_joined() -> None:
    whole = joined(chains("$$a = b$$\n\n$$\\le c$$\n\n$$= d$$"))

    assert [term.latex for term in whole[-1].terms] == ["a", "b", "c", "d"]
    assert whole[-1].relations == ("eq", "le", "eq")


def test_a_term_that_cannot_be_read_takes_no_other_with_it() -> None:
    (chain,) = chains(r"$x = \frac{1 = 2$") or chains(r"$x = \foo{ = 2$")

    assert chain.terms[0].tree is not None


def test_a_part_that_begins_a_line_begins_a_paragraph() -> None:
    found = passages_of("Q\n\n1b. $z = 1$\n2a. $k = 2$ as in\n2b before\n")

    assert [(p.label, p.line) for p in found if p.is_formula] == [("1b", 3), ("2a", 4)]
