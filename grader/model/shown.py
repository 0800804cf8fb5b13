"""Text of any origin -> text that can be shown: capped, with nothing invisible in it."""

import unicodedata
from typing import Final

LONGEST_SHOWN_CHARACTERS: Final = 2_000
"""A page is read by people; what is longer belongs into a file."""

# controls, formats (bidi overrides, zero widths), surrogates, private use, unassigned,
# and the two separators that break lines behind one's back
_FIRST_BEYOND_LATIN: Final = 256
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def visible(text: str, *, limit: int = LONGEST_SHOWN_CHARACTERS) -> str:
    """Return *text* with every unseen character spelt out, cut at *limit*.

    Line ends and tabs stay, since a traceback needs them; a carriage return does not,
    since it could write over what stands before it.
    """
    cut = text[:limit]
    shown = "".join(_spelt(character) for character in cut)
    return shown if len(cut) == len(text) else f"{shown}… ({len(text)} characters)"


def one_line(text: str, *, limit: int = 200) -> str:
    """Return *text* as `visible` does, on one line."""
    return " ".join(visible(text, limit=limit).split())


def _spelt(character: str) -> str:
    if character in "\n\t" or unicodedata.category(character) not in _UNSEEN:
        return character
    point = ord(character)
    return f"\\x{point:02x}" if point < _FIRST_BEYOND_LATIN else f"\\u{{{point:04x}}}"
