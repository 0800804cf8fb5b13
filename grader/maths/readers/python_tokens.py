"""Python's expressions -> tokens."""

import re
from typing import Final

from grader.maths.readers.names import GREEK
from grader.maths.readers.parser import Token
from grader.maths.readers.unreadable import Unreadable

_TOKEN: Final = re.compile(
    r"""
      (?P<space>[ \t\r\n]+)
    | (?P<num>(?:\d++\.?\d*+|\.\d++)(?:[eE][+-]?\d++)?+(?P<imaginary>[jJ])?+(?!\w))
    | (?P<name>[^\W\d]\w*)
    | (?P<str>'[^'\\\n]{0,80}'|"[^"\\\n]{0,80}")
    | (?P<op>\*\*|//|<=|>=|==|!=|[-+*/%@<>=(){}\[\],.~&|])
    """,
    re.VERBOSE,
)
_KEYWORDS: Final = {"and": "and", "or": "or", "not": "not", "in": "in"}


RELATIONS: Final = {
    "==": "eq",
    "=": "eq",
    "!=": "ne",
    "<": "lt",
    "<=": "le",
    ">": "gt",
    ">=": "ge",
}


def tokenize(text: str) -> list[Token]:
    """Split Python text into tokens, or say which character is none of it."""
    tokens: list[Token] = []
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise Unreadable(at, "a number, a name or an operator", text)
        kind = match.lastgroup or ""
        if match["imaginary"]:
            kind = "imaginary"
        if kind != "space":
            word = match[0]
            kind = _kind(kind, word)
            tokens.append(Token(kind, word, at, match.end()))
        at = match.end()
    tokens.append(Token("end", "", at, at))
    return tokens


def _kind(kind: str, word: str) -> str:
    if kind == "op":
        return "rel" if word in RELATIONS else word
    return _KEYWORDS.get(word, kind) if kind == "name" else kind


def canonical(word: str) -> str:
    """Return the name that every syntax gives to this Python name."""
    if word in ("lamda", "lambda_"):
        return "lambda"
    if word.isascii():
        return word
    return "".join(GREEK.get(letter, letter) for letter in word)
