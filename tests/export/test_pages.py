import html.parser
import re
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from grader.export.html import to_html
from grader.export.markdown import to_markdown
from grader.export.overview import to_overview
from grader.feedback.audience import feedback
from grader.model.answer import Transcript
from grader.model.feedback import Audience, Feedback
from grader.model.score import Basis, PartScore, QuestionScore, Scorecard
from grader.model.verdict import Evidence, Outcome, partial
from tests.conftest import Golden
from tests.export import samples

AWKWARD = [
    "<script>alert(1)</script>",
    "</code></p><img src=x onerror=alert(1)>",
    "![x](http://example.org/x.png)",
    "[link](javascript:alert(1)) <http://example.org> www.example.org",
    "``` \n# heading\n- item\n| a | b |\n|---|---|",
    "{{ 7 * 7 }} {% raw %}",
    "$\\frac{$ &lt; ]]> --> '\" \\",
    "\x00\x1b[31m\u202eevil\u2066\ud800",
    "1. one\n2) two\n===\n---\n+ plus",
]
texts = st.sampled_from(AWKWARD) | st.text(st.characters(), max_size=60)


class Tags(html.parser.HTMLParser):
    """Collects the tags of a page, and refuses what no page may hold."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag not in {"script", "img", "iframe", "object", "form", "link"}
        for name, value in attrs:
            assert not name.startswith("on")
            assert name != "style"
            assert not (name == "href" and (value or "").startswith("javascript"))
        self.seen.append(tag)
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
        self.seen.append(f"/{tag}")


def tags_of(page: str) -> list[str]:
    parser = Tags()
    parser.feed(page)
    parser.close()
    assert parser.open == []
    return parser.seen


def with_text(text: str) -> Scorecard:
    """Return a scorecard in which a student's words stand wherever they can."""
    card = samples.mixed()
    transcript = Transcript(output=text, failures=((text, text),), names=(text,))
    first, second = card.questions
    raised = second.parts[1]
    (criterion,) = raised.criteria
    facts = (("message", text), ("where", text), ("nearest", text))
    verdict = replace(criterion.verdict, evidence=Evidence(place=text, facts=facts))
    changed = replace(raised, criteria=(replace(criterion, verdict=verdict),))
    parts = (second.parts[0], changed, *second.parts[2:])
    return replace(
        card,
        student_name=text,
        submission=text,
        transcript=transcript,
        questions=(first, replace(second, parts=parts)),
    )


def told_of(text: str) -> Feedback:
    return feedback(with_text(text), samples.assignment(), Audience.STUDENT)


@pytest.mark.parametrize("audience", Audience)
def test_a_page_is_still_written_the_same(audience: Audience, golden: Golden) -> None:
    told = feedback(samples.mixed(), samples.assignment(), audience)

    golden(f"export/{audience}.html", without_style(to_html(told)))


@pytest.mark.parametrize("audience", Audience)
def test_markdown_is_still_written_the_same(audience: Audience, golden: Golden) -> None:
    told = feedback(samples.mixed(), samples.assignment(), audience)

    golden(f"export/{audience}.md", to_markdown(told))


def test_the_overview_is_still_written_the_same(golden: Golden) -> None:
    cards = [samples.mixed(), samples.perfect(), samples.unreadable()]
    links = {"s-0042": "staff/s-0042.html"}

    page = to_overview(cards, samples.assignment(), links=links)

    golden("export/index.html", without_style(page))


def without_style(page: str) -> str:
    """Leave the style sheet out of a golden: it is reviewed as a file of its own."""
    bare = re.sub(r"<style>.*?</style>", "<style></style>", page, flags=re.DOTALL)
    return re.sub(r"sha256-[\w+/=]+", "sha256-", bare)


def test_an_overview_of_nobody_is_a_page_as_well() -> None:
    assert "submissions" in to_overview([], samples.assignment())


def test_the_policy_allows_the_style_sheet_alone() -> None:
    page = to_html(told_of("x"))

    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    assert policy is not None
    assert policy[1].startswith("default-src &#39;none&#39;; style-src &#39;sha256-")
    assert "unsafe" not in policy[1]
    assert "<script" not in page


@given(text=texts)
def test_no_text_of_a_student_opens_a_tag(text: str) -> None:
    page = to_html(told_of(text))

    tags_of(page)
    assert "<script>alert" not in page
    assert not any(c in page for c in "\u202e\u2066\x1b\x00")


@given(text=texts)
def test_no_name_opens_a_tag_in_the_overview(text: str) -> None:
    page = to_overview([with_text(text)], samples.assignment())

    plain = to_overview([with_text("x")], samples.assignment())
    assert set(tags_of(page)) <= set(tags_of(plain))


def kinds_of(markdown: str) -> set[str]:
    reader = MarkdownIt("commonmark", {"linkify": False}).enable("table")
    kinds = set()
    for token in reader.parse(markdown):
        kinds |= {token.type, *(child.type for child in token.children or ())}
    return kinds


@given(text=texts)
def test_no_text_of_a_student_is_markdown(text: str) -> None:
    plain = kinds_of(to_markdown(told_of("x")))

    assert kinds_of(to_markdown(told_of(text))) <= plain | {"softbreak", "text_special"}


def test_every_outcome_is_told_by_a_word_and_not_by_colour_alone() -> None:
    page = to_html(told_of("x"))

    for word in ["right", "partly right", "wrong", "missing", "failed", "waiting"]:
        assert f"</span> {word}</span>" in page
    assert len(Outcome) == 6


def test_each_of_several_answers_has_a_name_and_points_in_markdown() -> None:
    told = feedback(samples.several(), samples.assignment(), Audience.STUDENT)

    text = to_markdown(told)

    assert "✓ `lower`: right (5/5)\n\n✗ `upper`: wrong (0/5)\n\n`upper` is not" in text


def test_each_of_several_answers_has_the_colour_of_its_own_outcome() -> None:
    told = feedback(samples.several(), samples.assignment(), Audience.STUDENT)

    page = to_html(told)

    assert 'class="criterion correct"' in page
    assert 'class="criterion incorrect"' in page


def test_right_work_on_a_wrong_answer_is_no_reason_called_agreement() -> None:
    share = partial(Fraction(3, 4), "agrees")
    score = samples.scored("step", share, basis=Basis.FOLLOW_THROUGH)
    part = PartScore(part="1b", title="", criteria=(score,))
    question = QuestionScore(question="1", title="", parts=(part,))
    card = replace(samples.several(), questions=(question,))

    page = to_overview([card], samples.assignment())

    assert "follow-through&nbsp;" in page
    assert "agrees" not in page
