from dataclasses import replace

import pytest
from hypothesis import given

from grader.export.html import to_html
from grader.export.sheet import strips_of
from grader.feedback.audience import feedback
from grader.model.feedback import Audience, Feedback
from grader.model.score import CriterionScore, Scorecard
from grader.model.submission import Block, BlockKind
from grader.model.writing import Mark
from tests.conftest import Golden
from tests.export import samples
from tests.export.test_pages import tags_of, texts, without_style

SHEET = r"""# Homework

## Question 1

**(a)** We solve for $z$ and find

$$f^{-1}(x) = \begin{pmatrix} x_1 \\ x_2 e^{x_1} \end{pmatrix}$$

so that $z_0 = (0, 1)$ follows.

\begin{align}
2 \log y &\le y / e \\
 &= 1
\end{align}

![a picture](http://example.org/a.png) <b>bold</b> [x](http://example.org)
"""

MARKS = (
    Mark(
        standing="false",
        reason="false-step",
        statement=r"2 \log y \le y / e",
        line=11,
        block="sheet",
        witness=(("y", "2.72"),),
        domain="0 < y < oo",
    ),
    Mark(
        standing="true",
        reason="true-step",
        statement="z_0 = z_0",
        line=9,
        block="sheet",
    ),
    Mark(
        standing="unchecked",
        reason="a-definition",
        statement="z = z",
        line=9,
        block="sheet",
    ),
)


def block(text: str = SHEET, *, label: str = "sheet") -> Block:
    return Block(label=label, kind=BlockKind.TEXT, text=text)


def found_at(score: CriterionScore, line: int, written: str) -> CriterionScore:
    evidence = score.verdict.evidence
    facts = (*evidence.facts, ("line", line), ("written", written))
    verdict = replace(score.verdict, evidence=replace(evidence, facts=facts))
    return replace(score, verdict=verdict)


def card_on_paper() -> Scorecard:
    card = samples.mixed()
    first, second = card.questions
    inverse, point, *rest = first.parts
    written = r"\begin{pmatrix} x_1 \\ x_2 e^{x_1} \end{pmatrix}"
    parts = (
        replace(inverse, criteria=(found_at(inverse.criteria[0], 7, written),)),
        replace(point, criteria=(found_at(point.criteria[0], 9, "z_0 = (0, 1)"),)),
        *rest,
    )
    return replace(card, questions=(replace(first, parts=parts), second), marks=MARKS)


def told(audience: Audience = Audience.STUDENT) -> Feedback:
    return feedback(card_on_paper(), samples.assignment(), audience)


def test_a_judged_sheet_is_still_shown_the_same(golden: Golden) -> None:
    golden("export/sheet.html", without_style(to_html(told(), text=[block()])))


def test_each_verdict_stands_beside_what_it_is_about() -> None:
    strips = strips_of([block()], told())

    beside = {note.part.part: s.first for s in strips for note in s.notes}
    assert beside == {"1a": 7, "1b": 9}


def test_a_broken_step_is_marked_with_its_witness() -> None:
    page = to_html(told(), text=[block()])

    assert "This does not hold for <code>y = 2.72</code>" in page


def test_what_was_not_checked_is_told_to_staff_alone() -> None:
    pages = {a: to_html(told(a), text=[block()]) for a in Audience}

    assert "Taken as a definition" not in pages[Audience.STUDENT]
    assert "Taken as a definition" in pages[Audience.STAFF]


def test_a_picture_a_link_and_tags_are_shown_as_they_were_typed() -> None:
    page = to_html(told(), text=[block()])

    assert "&lt;b&gt;bold&lt;/b&gt;" in page
    assert "<img" not in page
    assert 'href="http' not in page


def test_a_verdict_finds_its_formula_in_another_block_by_what_was_written() -> None:
    blocks = [block("# Cover", label="cell 1"), block(label="cell 2")]

    strips = strips_of(blocks, told())

    assert {s.block for s in strips if s.notes} == {"cell 2"}


def test_a_page_without_a_located_answer_shows_no_sheet() -> None:
    plain = feedback(samples.mixed(), samples.assignment(), Audience.STUDENT)

    assert "Your sheet" not in to_html(plain, text=[block()])


@given(text=texts)
def test_no_sheet_opens_a_tag(text: str) -> None:
    page = to_html(told(), text=[block(SHEET + "\n\n" + text), block(text)])

    tags_of(page)
    assert "<script>alert" not in page


@pytest.mark.parametrize("text", ["", "\n", "$$", "$$\n", "\\begin{align}", "> - $x"])
def test_a_torn_sheet_is_shown_all_the_same(text: str) -> None:
    assert strips_of([block(text)], told()) is not None
