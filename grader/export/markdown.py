"""Feedback -> Markdown, in which nothing that a student wrote is markup."""

import re
from collections.abc import Iterator
from typing import Final

from grader.export.outcomes import LOOKS
from grader.export.points import NOT_WHOLE, to_text
from grader.model.feedback import (
    CriterionFeedback,
    Feedback,
    PartFeedback,
    Piece,
    Row,
    Sentence,
)
from grader.model.verdict import Outcome

_BLANKS: Final = re.compile(r"\s+")
_SPECIAL: Final = re.compile(
    r"[\\`*_\[\]<>~|$&@]"  # opens markup anywhere
    r"|:(?=//)|(?<=www)\."  # makes a bare address a link
    r"|(?<!\S)[#+=-]|(?<=\d)[.)](?=\s|$)",  # opens a block at the start of a line
    re.IGNORECASE,
)


def to_markdown(feedback: Feedback) -> str:
    """Return *feedback* as a Markdown document (CommonMark, with tables of none)."""
    return "\n".join(_lines(feedback)) + "\n"


def part_markdown(part: PartFeedback) -> str:
    """Return what is said of one part, without a heading."""
    return "\n".join(_criteria_lines(part)).strip() + "\n"


def _lines(feedback: Feedback) -> Iterator[str]:
    yield f"# {inline(feedback.title) or escaped(feedback.assignment)}"
    yield ""
    name = escaped(feedback.student_name or feedback.submission)
    points = f"{to_text(feedback.earned)} of {to_text(feedback.possible)} points"
    yield f"**{name}** · **{points}**"
    for sentence in feedback.sentences:
        yield from ("", inline(sentence))
    if not feedback.whole:
        yield from ("", NOT_WHOLE)
    for place, message in feedback.troubles:
        yield from ("", f"{escaped(place)} failed:", "", *fenced(message))
    for question in feedback.questions:
        count = f"{to_text(question.earned)}/{to_text(question.possible)}"
        title = f"Question {escaped(question.question)} {inline(question.title)}"
        yield from ("", f"## {title.strip()} ({count})")
        for part in question.parts:
            yield from _part_lines(part)
    if feedback.evidence:
        yield from ("", "## The run", "", *_row_lines(feedback.evidence))


def _part_lines(part: PartFeedback) -> Iterator[str]:
    look = LOOKS[part.outcome]
    count = f"{to_text(part.earned)}/{to_text(part.possible)}"
    title = f"{look.sign} {escaped(part.part)} {inline(part.title)}".strip()
    yield from ("", f"### {title}: {look.word} ({count})")
    yield from _criteria_lines(part)


def _criteria_lines(part: PartFeedback) -> Iterator[str]:
    """Yield what is said of each criterion; of several, each has its name and points."""
    for criterion in part.criteria:
        if len(part.criteria) > 1:
            look = LOOKS[criterion.outcome]
            count = f"{to_text(criterion.earned)}/{to_text(criterion.possible)}"
            name = code_span(criterion.answer)
            yield from ("", f"{look.sign} {name}: {look.word} ({count})")
            if criterion.outcome is Outcome.CORRECT and not criterion.evidence:
                continue
        yield from _criterion_lines(criterion)


def _criterion_lines(criterion: CriterionFeedback) -> Iterator[str]:
    for sentence in (*criterion.sentences, *criterion.remarks):
        yield from ("", *_sentence_lines(sentence))
    if criterion.witness:
        yield from ("", *_row_lines(criterion.witness))
    if criterion.evidence:
        yield from ("", *_row_lines(criterion.evidence))
    if criterion.fault:
        yield from ("", *fenced(criterion.fault))


def _row_lines(rows: tuple[Row, ...]) -> Iterator[str]:
    for row in rows:
        label = inline(row.label)
        if "\n" in row.value.text:
            block = (f"  {line}" for line in fenced(row.value.text))
            yield from (f"- {label}:", "", *block)
        else:
            yield f"- {label}: {_piece(row.value)}"


def _sentence_lines(sentence: Sentence) -> Iterator[str]:
    """Yield a sentence, pieces of several lines as fenced blocks of their own."""
    line = ""
    for piece in sentence:
        if piece.kind == "code" and "\n" in piece.text:
            yield from (line.rstrip(), "", *fenced(piece.text), "")
            line = ""
        else:
            line += _piece(piece)
    if line:
        yield line


def inline(sentence: Sentence) -> str:
    """Return *sentence* as Markdown on one line."""
    return "".join(_piece(piece) for piece in sentence)


def _piece(piece: Piece) -> str:
    if piece.kind == "words":
        return escaped(piece.text)
    return code_span(piece.text)


def escaped(text: str) -> str:
    """Return *text* so that Markdown shows it as it is."""
    return _SPECIAL.sub(r"\\\g<0>", _BLANKS.sub(" ", text))


def code_span(text: str) -> str:
    """Return *text* as code on one line, its fence longer than any run within."""
    flat = " ".join(text.split()) or " "
    fence = "`" * (_longest_run(flat) + 1)
    pad = " " if "`" in flat else ""
    return f"{fence}{pad}{flat}{pad}{fence}"


def fenced(text: str) -> list[str]:
    """Return *text* as a fenced block, its fence longer than any run within."""
    fence = "`" * max(3, _longest_run(text) + 1)
    return [f"{fence}text", *text.split("\n"), fence]


def _longest_run(text: str) -> int:
    return max((len(run) for run in re.findall("`+", text)), default=0)
