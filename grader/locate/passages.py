"""A sheet's Markdown or LaTeX body -> headings, words and formulas, each with its line.

Markdown is parsed by markdown-it with its plug-ins for mathematics, which forgive the
blanks that a scanner leaves inside dollar signs.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
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
_PREAMBLE: Final = re.compile(
    r"\A(?:.*?\\begin\{document\})|\\end\{document\}.*\Z", re.DOTALL
)
_DISPLAY: Final = re.compile(
    r"(?<!\\)\$\$(?P<dollars>.+?)(?<!\\)\$\$|\\\[(?P<brackets>.+?)\\\]"
    r"|\\begin\{(?P<environment>equation|align|gather|multline|eqnarray|flalign|alignat)"
    r"(?P<star>\*?)\}.+?\\end\{(?P=environment)(?P=star)\}",
    re.DOTALL,
)
_LABELLED_LINE: Final = re.compile(
    r"(?<=\S)\n(?=[ \t]*(?:\*\*)?\(?\d{1,2}\s?\(?[a-z](?:-[ivx]+)?(?:\*\*)?[).:]"
    r"(?:\*\*)?\s)"
)
"""Where a line begins with a part's full label, `2b.`, right after another line."""
_BLANK: Final = re.compile(r"\n(?:[ \t]*\n)+")
_KINDS: Final = {
    "math_block": PassageKind.DISPLAY,
    "math_block_label": PassageKind.DISPLAY,
    "amsmath": PassageKind.DISPLAY,
    "inline": PassageKind.HEADING,
    "fence": PassageKind.WORDS,
    "code_block": PassageKind.WORDS,
    "html_block": PassageKind.WORDS,
}
_NEW_LINE: Final = "\x00"  # a line that the text itself does not have
_NOISE: Final = re.compile(r"\*{2,}|\\\*")
_LEADING_LABEL: Final = re.compile(
    r"\s*[-–•]?\s*(?:\*\*|\\\*)*\s*((?:(?:Part|Problem|Question|Exercise|Task|Aufgabe)\s*)?"
    r"[(\[]?(?:\d{1,2}\s*[.(]?\s*[a-z](?:\)?[-.\s]?\(?[ivx]+)?|\d{1,2}|[ivx]{1,4}|[A-Za-z])"
    r"(?:\*\*)?[)\].:])",
    re.IGNORECASE,
)


def passages_of(text: str, *, block: str = "") -> tuple[Passage, ...]:
    """Take a sheet's text apart. Nothing in it is dropped, and nothing is judged."""
    markdown, lines = _as_markdown(text)
    tokens = _parser().parse(markdown)
    walked = _walk(tokens, block)
    return tuple(replace(p, line=lines[min(p.line, len(lines)) - 1]) for p in walked)


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark")
    parser.use(dollarmath_plugin, allow_space=True, allow_digits=True)
    return parser.use(amsmath_plugin)


def _as_markdown(text: str) -> tuple[str, list[int]]:
    """Write LaTeX's brackets and headings as Markdown's, each display on its own.

    The second value is the line of *text* that each new line comes from.
    """
    text = text.replace("\r\n", "\n").replace(_NEW_LINE, " ")
    text = _PREAMBLE.sub(lambda m: "\n" * m[0].count("\n"), text)
    text = _HEADING_COMMANDS.sub(rf"{_NEW_LINE}# \1{_NEW_LINE}", text)
    text = _BOLD_COMMAND.sub(r"**\1**", text)
    text = _LABELLED_LINE.sub(f"\n{_NEW_LINE}", text)
    text = _DISPLAY.sub(_apart, text)
    text = text.replace(r"\(", "$ ").replace(r"\)", " $")
    lines, at = [1], 1
    for sign in text:
        at += sign == "\n"
        if sign in {"\n", _NEW_LINE}:
            lines.append(at)
    return text.replace(_NEW_LINE, "\n"), lines


def _apart(found: re.Match[str]) -> str:
    """Set a display apart from the words around it."""
    if found["environment"]:
        inner = found[0]
    else:
        body = (found["dollars"] or found["brackets"] or "").strip(" \t")
        inner = f"$${_NEW_LINE}{_BLANK.sub(_comment, body)}{_NEW_LINE}$$"
    return f"{_NEW_LINE}{_NEW_LINE}{inner}{_NEW_LINE}{_NEW_LINE}"


def _comment(found: re.Match[str]) -> str:
    """Keep the lines of a gap inside a display, where Markdown would end it."""
    return "\n~" * (found[0].count("\n") - 1) + "\n"


def _walk(tokens: list[Token], block: str) -> Iterator[Passage]:
    level, paragraph, item = 0, 0, ""
    for token in tokens:
        line = (token.map[0] if token.map else 0) + 1
        kind = _KINDS.get(token.type)
        if token.type in {"heading_open", "heading_close"}:
            level = int(token.tag[1:]) if token.type == "heading_open" else 0
        elif token.type == "list_item_open":
            item = token.info
        elif token.type == "inline" and not level:
            paragraph += 1
            label, item = _label(token.content) or item, ""
            yield from _inside(token, line, paragraph, block, label)
        elif kind is not None:
            paragraph += not level
            yield Passage(
                kind=PassageKind.HEADING if level else kind,
                text=_clean(token.content) if level else token.content.strip(),
                line=line,
                paragraph=paragraph,
                block=block,
                level=level,
            )


def _inside(
    token: Token, line: int, paragraph: int, block: str, label: str
) -> Iterator[Passage]:
    """Take a paragraph apart into words and formulas."""
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
