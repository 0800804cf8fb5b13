"""A student's own sheet and feedback -> strips of it, each with verdicts beside it.

The sheet is shown as it was written: Markdown without pictures, links or HTML, its
mathematics typeset. A strip is a paragraph, a formula or a heading; a verdict stands
beside the strip that holds what was judged.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from markupsafe import Markup, escape
from mdit_py_plugins.amsmath import amsmath_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin

from grader.export.typeset import to_mathml
from grader.model.feedback import (
    CriterionFeedback,
    Feedback,
    MarkFeedback,
    PartFeedback,
)
from grader.model.shown import visible
from grader.model.submission import Block

LONGEST_SHEET_CHARACTERS: Final = 200_000
"""Some sixty pages; what is longer is shown up to there."""

_FORMULAS: Final = frozenset(
    {"math_inline", "math_inline_double", "math_block", "math_block_label", "amsmath"}
)


_MARKED_AS: Final = {"false": "incorrect", "undecided": "undecided", "true": "correct"}
# one broken step is what a student has to see
_GRAVEST_FIRST: Final = (
    "incorrect",
    "failed",
    "partial",
    "undecided",
    "missing",
    "correct",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A criterion's verdict, with the part that it belongs to."""

    part: PartFeedback
    criterion: CriterionFeedback


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """A piece of a sheet as HTML, its lines, its formulas, and what is said of it."""

    html: Markup
    first: int
    last: int
    text: str
    block: str = ""
    notes: tuple[Note, ...] = ()
    marks: tuple[MarkFeedback, ...] = ()

    @property
    def standing(self) -> str:
        """The class that colours it: the gravest of what is said of it."""
        found = {str(note.criterion.outcome) for note in self.notes}
        found |= {_MARKED_AS.get(mark.standing, "") for mark in self.marks}
        return next((kind for kind in _GRAVEST_FIRST if kind in found), "")


def strips_of(blocks: Sequence[Block], feedback: Feedback) -> tuple[Strip, ...]:
    """Return the strips of *blocks* in order, each note of *feedback* at its place."""
    strips = [strip for block in blocks for strip in _strips(block)]
    for part in feedback.parts:
        for criterion in part.criteria:
            at = _place(strips, criterion.line, criterion.written)
            if at is not None:
                note = Note(part=part, criterion=criterion)
                strips[at] = replace(strips[at], notes=(*strips[at].notes, note))
    for mark in feedback.marks:
        own = [n for n, strip in enumerate(strips) if strip.block == mark.block]
        at = _place([strips[n] for n in own], mark.line, "")
        if at is not None:
            strip = strips[own[at]]
            strips[own[at]] = replace(strip, marks=(*strip.marks, mark))
    return tuple(strips)


def _place(strips: Sequence[Strip], line: int, written: str) -> int | None:
    """Return the strip that holds what was judged: by its text, else by its line."""
    if not line:
        return None
    wanted = _squeezed(written)
    above = [n for n, strip in enumerate(strips) if strip.first <= line]
    here = [n for n in above if line <= strips[n].last] or above[-1:]
    holding = [n for n, s in enumerate(strips) if wanted and wanted in s.text]
    both = [n for n in here if n in holding]
    return next(iter(both or holding or here), None)


def _strips(block: Block) -> Iterator[Strip]:
    shown = visible(block.text, limit=LONGEST_SHEET_CHARACTERS)
    tokens = _reader().parse(_with_dollars(shown))
    start, depth = 0, 0
    for n, token in enumerate(tokens):
        depth += token.nesting
        if depth == 0:
            yield replace(_strip(tokens[start : n + 1]), block=block.label)
            start = n + 1


def _strip(tokens: list[Token]) -> Strip:
    first, last = tokens[0].map or (0, 0)
    html = _reader().renderer.render(tokens, _reader().options, {})
    held = (
        inner.content
        for token in tokens
        for inner in (token, *(token.children or ()))
        if inner.type in _FORMULAS or inner.type == "inline"
    )
    safe = Markup(html)  # noqa: S704 - rendered with the student's own HTML escaped
    return Strip(
        html=safe,
        first=first + 1,
        last=last,
        text=_squeezed("".join(held)),
    )


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _with_dollars(text: str) -> str:
    r"""Write the brackets \[ \] and \( \) as dollars, without moving a line."""
    text = text.replace(r"\[", "$$").replace(r"\]", "$$")
    return text.replace(r"\(", "$").replace(r"\)", "$")


@cache
def _reader() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    reader.disable(["link", "image", "autolink", "reference", "html_block"])
    reader.disable("html_inline")
    reader.use(dollarmath_plugin, allow_space=True, allow_digits=True)
    reader.use(amsmath_plugin)
    for name in _FORMULAS:
        reader.add_render_rule(name, _formula)
    return reader


def _formula(
    self: RendererHTML,
    tokens: Sequence[Token],
    at: int,
    options: OptionsDict,
    env: EnvType,
) -> str:
    del self, options, env
    token = tokens[at]
    block = token.type != "math_inline"
    typeset = to_mathml(token.content, block=block)
    if typeset is None:
        kind = "block" if block else "inline"
        return f'<code class="{kind}">{escape(token.content)}</code>'
    return f'<div class="display">{typeset}</div>' if token.block else typeset
