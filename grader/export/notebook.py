"""Feedback and a student's own cells -> their notebook, annotated in cells of its own.

The cells stand in their order and without outputs. What is said of an answer follows
the cell that defines it or where it was found written, and what belongs to no cell
stands at the end. Cells of feedback carry a tag, so that they can be told apart.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

from grader.export.markdown import (
    code_span,
    escaped,
    fenced,
    inline,
    part_markdown,
)
from grader.export.outcomes import LOOKS
from grader.export.points import NOT_WHOLE, to_text
from grader.model.feedback import (
    CriterionFeedback,
    Feedback,
    MarkFeedback,
    PartFeedback,
    Sentence,
)
from grader.model.submission import Block, BlockKind

_TAG: Final = "feedback"
_UNFIT: Final = re.compile(r"[$|<>&`\n]|^\s|\s$|^$")
_METADATA: Final = {
    "kernelspec": {
        "display_name": "Python 3",
        "language": "python",
        "name": "python3",
    },
    "language_info": {"name": "python"},
}
# runs are bounded so that no line, however long, makes the search start over and over
_DEFINED: Final = (
    r"(?:async[ \t]{1,9})?(?:def|class)[ \t]{1,9}%(name)s\b"
    r"|(?:\w[\w \t,*]{0,200}[, \t*])?%(name)s[ \t]{0,9}"
    r"(?::[^\n=]{0,200}|,[\w \t,*]{0,200})?=(?!=)"
)


def to_notebook(feedback: Feedback, blocks: Sequence[Block]) -> str:
    """Return *blocks* as a notebook in which *feedback* stands, as JSON text.

    All that is added comes out of *feedback*, so it tells what its audience may know.
    """
    import nbformat  # noqa: PLC0415 - takes 0.2 s, and few submissions need it

    notes = _notes(feedback, blocks)
    cells = [_said(_head(feedback), "feedback-head")]
    for number, block in enumerate(blocks, 1):
        cells.append(_own(block, f"cell-{number}"))
        if notes[number - 1]:
            cells.append(_said(notes[number - 1], f"feedback-{number}"))
    if notes[None]:
        cells.append(_said(["## Further feedback", *notes[None]], "feedback-rest"))
    notebook: Any = nbformat.from_dict(
        {"cells": cells, "metadata": _METADATA, "nbformat": 4, "nbformat_minor": 5}
    )
    nbformat.validate(notebook)
    new: Any = nbformat.v4
    text = new.writes(notebook)
    return f"{text}\n"


def _own(block: Block, name: str) -> dict[str, Any]:
    """Return a cell of the student's; making it here spares a validation of each."""
    text = block.text.encode("utf-8", "replace").decode("utf-8")
    cell = {"id": name, "metadata": {}, "source": text}
    if block.kind is BlockKind.CODE:
        return {
            "cell_type": "code",
            **cell,
            "execution_count": None,
            "outputs": [],
        }
    return {"cell_type": "markdown", **cell}


def _said(paragraphs: Iterable[str], name: str) -> dict[str, Any]:
    """Return a cell of feedback."""
    return {
        "cell_type": "markdown",
        "id": name,
        "metadata": {"tags": [_TAG]},
        "source": "\n\n".join(paragraphs),
    }


def _head(feedback: Feedback) -> Iterator[str]:
    yield f"# {_title(feedback.title) or escaped(feedback.assignment)}"
    name = escaped(feedback.student_name or feedback.submission)
    points = f"{to_text(feedback.earned)} of {to_text(feedback.possible)} points"
    waiting = f" · {to_text(feedback.waiting)} waiting" if feedback.waiting else ""
    yield f"**{name}** · **{points}**{waiting}"
    yield from (inline(sentence) for sentence in feedback.sentences)
    if not feedback.whole:
        yield NOT_WHOLE
    if feedback.parts:
        rows = "\n".join(_row(part) for part in feedback.parts)
        yield f"| Part | | Result | Points |\n|:--|:--|:--|--:|\n{rows}"


def _row(part: PartFeedback) -> str:
    """Return a row of the table."""
    look = LOOKS[part.outcome]
    count = f"{to_text(part.earned)} / {to_text(part.possible)}"
    title = _title(part.title)
    return f"| {escaped(part.part)} | {title} | {look.sign} {look.word} | {count} |"


def _title(title: Sentence) -> str:
    """Return a title, which is staff's own: its mathematics is left to the notebook.

    What could end a formula or a table's cell is shown as plain text.
    """
    return "".join(
        f"${piece.text}$"
        if piece.kind == "mathematics" and not _UNFIT.search(piece.text)
        else escaped(piece.text)
        for piece in title
    )


def _notes(
    feedback: Feedback, blocks: Sequence[Block]
) -> defaultdict[int | None, list[str]]:
    """Return what is said after each block, by its place; by None, after them all."""
    notes: defaultdict[int | None, list[str]] = defaultdict(list)
    labels = {block.label: n for n, block in reversed(tuple(enumerate(blocks)))}
    for place, message in feedback.troubles:
        failed = [f"{escaped(place)} failed:", "\n".join(fenced(message))]
        notes[labels.get(place)] += failed
    for part in feedback.parts:
        beside: defaultdict[int | None, list[CriterionFeedback]] = defaultdict(list)
        for criterion in part.criteria:
            beside[_place(criterion, blocks, labels)].append(criterion)
        for at, criteria in beside.items():
            notes[at] += _part_note(part, criteria)
    for mark in feedback.marks:
        if mark.standing == "false":
            notes[labels.get(mark.block)] += _mark_note(mark)
    return notes


def _place(
    criterion: CriterionFeedback, blocks: Sequence[Block], labels: dict[str, int]
) -> int | None:
    """Return the place of the block that an answer stands in, if it stands in one."""
    if criterion.line:
        return labels.get(criterion.block)
    pattern = _DEFINED % {"name": re.escape(criterion.answer)}
    code = [n for n, block in enumerate(blocks) if block.kind is BlockKind.CODE]
    for indent in ("", r"[ \t]{1,40}"):  # what stands by itself goes first
        search = re.compile(f"^{indent}(?:{pattern})", re.MULTILINE).search
        found = [n for n in code if search(blocks[n].text)]
        if found:
            return found[-1]  # the last one is what was graded
    return None


def _part_note(part: PartFeedback, criteria: list[CriterionFeedback]) -> Iterator[str]:
    look = LOOKS[part.outcome]
    count = f"{to_text(part.earned)}/{to_text(part.possible)}"
    title = f"{look.sign} {escaped(part.part)} {_title(part.title)}".strip()
    yield f"### {title}: {look.word} ({count})"
    for criterion in criteria:
        if len(part.criteria) > 1:
            look = LOOKS[criterion.outcome]
            count = f"{to_text(criterion.earned)}/{to_text(criterion.possible)}"
            answer = code_span(criterion.answer)
            yield f"{answer} {look.sign} {look.word} ({count})"
        said = part_markdown(replace(part, criteria=(criterion,))).strip()
        if said:
            yield said


def _mark_note(mark: MarkFeedback) -> Iterator[str]:
    yield f"**✗** {code_span(mark.statement)}"
    if mark.words:
        yield f"“{escaped(mark.words)}”"
    yield from (inline(sentence) for sentence in mark.sentences)
