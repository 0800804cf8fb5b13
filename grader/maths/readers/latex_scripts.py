r"""A simple LaTeX subscript -> one token that is a name: `_i`, `_{12}`, `_{\text{data}}`."""

import re
from itertools import pairwise
from typing import Final

from grader.maths.readers.latex_words import GREEK_COMMANDS
from grader.maths.readers.names import CONSTANTS_BY_WORD, GREEK
from grader.maths.readers.numerals import numeral
from grader.maths.readers.parser import Token
from grader.maths.tree import Apply, Symbol, Tree

_ONE: Final = re.compile(r"\s*(\d+|[^\W\d_⁰¹²³⁴⁵⁶⁷⁸⁹ⁿⁱˣ₀-ₜ½⅓⅔¼¾]|\\[A-Za-z]+)")
_PART: Final = re.compile(
    r"""\s*(?:
      \\(?:text|textrm|textit|textbf|mathrm|mathit|mathbf|mathsf|operatorname|rm|mbox)\s*
        \{\s*(?P<text>[A-Za-z0-9 .-]+?)\s*\}
    | \\(?P<command>[A-Za-z]+)
    | (?P<digits>\d+)
    | (?P<letters>[^\W\d_⁰¹²³⁴⁵⁶⁷⁸⁹ⁿⁱˣ₀-ₜ½⅓⅔¼¾]+)
    | (?P<comma>,)
    | (?P<star>\*)
    | (?P<bar>\|)
    )\s*""",
    re.VERBOSE,
)
_SPACED: Final = re.compile(r"(?:[A-Za-z] +)+[A-Za-z]")
_GAPS: Final = re.compile(r"[ .-]+")
# commands that may stand in a subscript and have a name
_NAMES: Final = {
    **GREEK_COMMANDS,
    "pi": "pi",
    "mid": "given",
    "max": "max",
    "min": "min",
    "infty": "infty",
    "ast": "star",
    "star": "star",
}


def subscript_token(text: str, at: int) -> Token | None:
    """Return the token of the subscript at *at*, or None where it is an expression."""
    start = at
    while at < len(text) and text[at].isspace():
        at += 1
    if text.startswith("{", at):
        closing = _closing(text, at)
        parts = _parts(text, at + 1, closing) if closing > 0 else None
        end = closing + 1
    else:
        single = _ONE.match(text, at)
        text_command = _PART.match(text, at)
        if text_command is not None and text_command["text"]:
            single = text_command
        if single is None:
            return None
        end = (
            single.end()
            if not single[0].endswith(" ")
            else at + len(single[0].rstrip())
        )
        parts = _parts(text, at, end)
    if not parts:
        return None
    return Token("sub", _flat(parts), start, end, _tree(parts))


def _closing(text: str, at: int) -> int:
    level = 0
    for index in range(at, min(len(text), at + 80)):
        if text[index] == "{":
            level += 1
        elif text[index] == "}":
            level -= 1
            if not level:
                return index
    return -1


def _parts(text: str, at: int, end: int) -> list[str] | None:
    """Cut a subscript into words, letters, digits and commas, if it has no more."""
    parts: list[str] = []
    while at < end:
        match = _PART.match(text, at, end)
        part = _part(match) if match is not None else None
        if match is None or part is None:
            return None
        if parts and parts[-1].isdecimal() and match.lastgroup == "letters":
            return None  # 2k is a product
        parts.append(part)
        at = match.end()
    return parts


def _part(match: re.Match[str]) -> str | None:
    """Return the plain spelling of one part, or None for a command without a name."""
    kind = match.lastgroup or ""
    part = match[kind]
    if kind == "command":
        return _NAMES.get(part)
    if kind == "text":
        return (
            part.replace(" ", "") if _SPACED.fullmatch(part) else _GAPS.sub("_", part)
        )
    if kind == "letters":
        return "".join(GREEK.get(letter, letter) for letter in part)
    return {"star": "star", "bar": "given"}.get(kind, part)


def _flat(parts: list[str]) -> str:
    flat = parts[0]
    for before, part in pairwise(parts):
        if part == ",":
            continue
        joined = before != "," and (part.isdecimal() or (len(part) == len(before) == 1))
        flat += part if joined else f"_{part}"
    return flat


def _tree(parts: list[str]) -> Tree:
    """Return what the subscript means where it is no part of a name: `log_2`."""
    if len(parts) == 1:
        return _atom(parts[0])
    if "," in parts:
        return Apply("tuple", tuple(_atom(part) for part in parts if part != ","))
    return Symbol(_flat(parts))


def _atom(part: str) -> Tree:
    if part.isdecimal():
        return numeral(part) or Symbol(part)
    return CONSTANTS_BY_WORD.get(part) or Symbol(part)
