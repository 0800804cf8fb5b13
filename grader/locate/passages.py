"""A sheet's Markdown or LaTeX body -> headings, words and formulas, each with its line.

Markdown is parsed by markdown-it with its plug-ins for mathematics, which forgive the
blanks that a scanner leaves inside dollar signs.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.amsmath import amsmath_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin

from grader.model.writing import Passage, PassageKind

_HEADING_COMMANDS: Final = re.compile(
    r"\\(?:chapter|section|subsection|subsubsection|paragraph)\*?\{([^{}]*)\}"
)
_BOLD_COMMAND: Final = re.compile(r"\\textbf\{([^{}]*)\}")
_NOISE: Final = re.compile(r"\*{2,}|\\\*")
_LEADING_LABEL: Final = re.compile(
    r"\s*[-–•]?\s*(?:\*\*)?\s*((?:Part|Problem|Question|Exercise|Aufgabe)?\s*"
    r"[(\[]?(?:\d{1,2}|[A-Za-z]|[ivx]{1,4}|\d{1,2}\s*[a-z](?:-?[ivx]+)?)[)\].:])"
)


def passages_of(text: str, *, block: str = "") -> tuple[Passage, ...]:
    """Take a sheet's text apart. Nothing in it is dropped, and nothing is judged."""
    tokens = _parser().parse(_as_markdown(text))
    return tuple(_walk(tokens, block))


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark")
    parser.use(dollarmath_plugin, allow_space=True, allow_digits=True)
    return parser.use(amsmath_plugin)


def _as_markdown(text: str) -> str:
    """Write LaTeX's own brackets and headings as Markdown's, line by line."""
    text = _HEADING_COMMANDS.sub(r"\n# \1\n", text)
    text = _BOLD_COMMAND.sub(r"**\1**", text)
    text = text.replace(r"\[", "$$").replace(r"\]", "$$")
    return text.replace(r"\(", "$ ").replace(r"\)", " $")


def _walk(tokens: list[Token], block: str) -> Iterator[Passage]:
    level, paragraph = 0, 0
    for token in tokens:
        line = (token.map[0] if token.map else 0) + 1
        match token.type:
            case "heading_open":
                level = int(token.tag[1:])
            case "heading_close":
                level = 0
            case "math_block" | "math_block_label" | "amsmath":
                paragraph += 1
                yield Passage(
                    kind=PassageKind.DISPLAY,
                    text=token.content.strip(),
                    line=line,
                    paragraph=paragraph,
                    block=block,
                )
            case "inline" if level:
                yield Passage(
                    kind=PassageKind.HEADING,
                    text=_clean(token.content),
                    line=line,
                    paragraph=paragraph,
                    block=block,
                    level=level,
                )
            case "inline":
                paragraph += 1
                yield from _inside(token, line, paragraph, block)
            case "fence" | "code_block" | "html_block":
                paragraph += 1
                yield Passage(
                    kind=PassageKind.WORDS,
                    text=token.content,
                    line=line,
                    paragraph=paragraph,
                    block=block,
                )
            case _:
                pass


def _inside(token: Token, line: int, paragraph: int, block: str) -> Iterator[Passage]:
    """Take a paragraph apart into words and formulas."""
    label = _label(token.content)
    words: list[str] = []

    def spoken() -> Iterator[Passage]:
        text = _clean("".join(words))
        words.clear()
        if text:
            yield Passage(
                kind=PassageKind.WORDS,
                text=text,
                line=line,
                paragraph=paragraph,
                block=block,
                label=label,
            )

    for child in token.children or ():
        if child.type in {"math_inline", "math_inline_double"}:
            yield from spoken()
            double = child.type == "math_inline_double"
            yield Passage(
                kind=PassageKind.DISPLAY if double else PassageKind.INLINE,
                text=child.content.strip(),
                line=line,
                paragraph=paragraph,
                block=block,
                label=label,
            )
        elif child.type in {"softbreak", "hardbreak"}:
            words.append(" ")
            line += 1
        else:
            words.append(child.content)
    yield from spoken()


def _label(text: str) -> str:
    found = _LEADING_LABEL.match(text)
    return re.sub(r"[^\w-]", "", found[1]).casefold() if found else ""


def _clean(text: str) -> str:
    return " ".join(_NOISE.sub("", text).split())
