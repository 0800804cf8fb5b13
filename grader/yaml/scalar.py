"""A bare word of YAML -> the value it stands for, or why that is not sure.

YAML 1.1 takes `no` for a truth value, 12:30 for a number to base 60 and 1e-6 for a
word; YAML 1.2 does none of that. What the two read differently is refused here, but for
numbers such as 1e-6, which no author means as a word.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

LONGEST_NUMBER_CHARACTERS: Final = 400  # int() of more costs quadratic time

_WORDS: Final[Mapping[str, bool | float | None]] = {
    "": None,
    "~": None,
    "null": None,
    "true": True,
    "false": False,
    ".inf": float("inf"),
    "+.inf": float("inf"),
    "-.inf": float("-inf"),
    ".nan": float("nan"),
}
_INTEGER: Final = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_FLOAT: Final = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")


@dataclass(frozen=True, slots=True)
class Surprise:
    """Why a bare word is not read, and what to write in its place."""

    what: str
    mend: str


_SURPRISES: Final = (
    (
        re.compile(r"(?i:yes|no|on|off)|True|TRUE|False|FALSE|Null|NULL"),
        Surprise(
            "is a truth value to some YAML readers and a word to others",
            "put it in quotes if it is a word; else write true, false or null",
        ),
    ),
    (
        re.compile(r"[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?"),
        Surprise("is a number to base 60 to some YAML readers", "put it in quotes"),
    ),
    (
        re.compile(r"[-+]?0(?:[0-9_]+|o[0-7_]+|x[0-9a-fA-F_]+|b[01_]+)"),
        Surprise(
            "is an octal, hexadecimal or binary number to some YAML readers",
            "write the number in decimal, or put it in quotes if it is a word",
        ),
    ),
    (
        re.compile(r"[-+]?[0-9][0-9_]*_[0-9_]*(?:\.[0-9_]*)?(?:[eE][-+]?[0-9]+)?"),
        Surprise(
            "is a number to some YAML readers and a word to others",
            "leave the underscores out, or put it in quotes if it is a word",
        ),
    ),
    (
        re.compile(r".*\t.*", re.DOTALL),
        Surprise("holds a tab, which some YAML readers refuse", "write blanks"),
    ),
    (
        re.compile(r"\([^()\[\]]*"),  # of `{in: (0, 1)}`
        Surprise(
            "is cut off: between braces a comma ends the value",
            'put the whole of it in quotes, as in {in: "(0, 1)"}',
        ),
    ),
)
_TOO_LONG: Final = Surprise("has too many digits", "write a shorter number")
_TOO_LARGE: Final = Surprise("is too large for a number", "write .inf for an infinity")


def read_word(text: str) -> bool | int | float | str | Surprise | None:
    """Say what *text* stands for where it has no quotes."""
    for pattern, surprise in _SURPRISES:
        if pattern.fullmatch(text):
            return surprise
    if text in _WORDS:
        return _WORDS[text]
    return _number(text) if _FLOAT.fullmatch(text) else text


def _number(text: str) -> int | float | Surprise:
    if len(text) > LONGEST_NUMBER_CHARACTERS:
        return _TOO_LONG
    if _INTEGER.fullmatch(text):
        return int(text)
    number = float(text)
    return _TOO_LARGE if number in {float("inf"), float("-inf")} else number
