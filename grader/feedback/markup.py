"""Staff's words with `code` and $mathematics$ in them -> pieces.

Only text that course staff or this package wrote is read for markup. What a student
wrote is filled in afterwards, as a piece of its own, and is never read.
"""

import re
from collections.abc import Mapping
from typing import Final

from grader.model.feedback import Piece, Sentence
from grader.model.shown import visible

_MARKED: Final = re.compile(r"`([^`]+)`|\$([^$]+)\$")
_HOLE: Final = re.compile(r"\{(\w+)\}")


def read_markup(text: str) -> Sentence:
    """Return staff's *text* as pieces of words, code and mathematics."""
    pieces: list[Piece] = []
    end = 0
    for found in _MARKED.finditer(text):
        pieces += _words(text[end : found.start()])
        pieces.append(_marked(found))
        end = found.end()
    return (*pieces, *_words(text[end:]))


def holes(template: str) -> frozenset[str]:
    """Return the names of what *template* wants filled in."""
    return frozenset(_HOLE.findall(template))


def fill(template: str, values: Mapping[str, Piece]) -> Sentence:
    """Return *template* with its {holes} filled from *values*.

    A hole within backticks becomes code, whatever its value was; other holes keep
    their piece as it is.
    """
    pieces: list[Piece] = []
    for piece in read_markup(template):
        pieces += _filled(piece, values)
    return tuple(pieces)


def _filled(piece: Piece, values: Mapping[str, Piece]) -> list[Piece]:
    if piece.kind == "code":
        text = _HOLE.sub(lambda hole: values[hole[1]].text, piece.text)
        return [Piece(text=text, kind="code")]
    found: list[Piece] = []
    end = 0
    for hole in _HOLE.finditer(piece.text):
        found += _words(piece.text[end : hole.start()])
        found.append(values[hole[1]])
        end = hole.end()
    return [*found, *_words(piece.text[end:])]


def _marked(found: re.Match[str]) -> Piece:
    if found[1] is not None:
        return Piece(text=visible(found[1]), kind="code")
    return Piece(text=visible(found[2]), kind="mathematics")


def _words(text: str) -> list[Piece]:
    return [Piece(text=visible(text))] if text else []
