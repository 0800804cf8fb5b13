"""Student text in one of three syntaxes -> tree, or `Unreadable` with a caret.

Nothing is evaluated while reading, and nothing that is not understood is dropped.
"""

from functools import wraps
from typing import Final, Literal, Protocol
from unicodedata import normalize

from grader.maths.notation import PLAIN, Notation
from grader.maths.readers import (
    latex,
    python_text,
    python_tokens,
    text_tokens,
    typed_text,
)
from grader.maths.readers.parser import Token, check_depth
from grader.maths.readers.spellings import respell, spellings_of
from grader.maths.readers.unreadable import CHARACTERS, TREE_DEPTH, Unreadable
from grader.maths.tree import Tree

__all__ = [
    "PLAIN",
    "Notation",
    "Syntax",
    "Unreadable",
    "read",
    "read_latex",
    "read_python",
    "read_text",
]

Syntax = Literal["text", "python", "latex"]


class Reader(Protocol):
    """What reads one syntax."""

    def __call__(self, text: str, notation: Notation = PLAIN) -> Tree:
        """Return the tree of *text*."""
        ...

    def __hash__(self) -> int: ...


def read(text: str, syntax: Syntax, notation: Notation = PLAIN) -> Tree:
    """Read *text* in the given *syntax*."""
    return _READERS[syntax](text, notation)


def _flat_enough(reader: Reader) -> Reader:
    """Turn an overflow of Python's stack, deep below a deep caller, into `Unreadable`."""

    @wraps(reader)
    def guarded(text: str, notation: Notation = PLAIN) -> Tree:
        try:
            return reader(text, notation)
        except RecursionError as error:
            raise Unreadable(0, "less nesting", text) from error

    return guarded


@_flat_enough
def read_python(text: str, notation: Notation = PLAIN) -> Tree:
    """Read `x**2 + Eq(a, b)`: Python's operators and the names of sympy's classes."""
    _check_length(text)
    tokens = python_tokens.tokenize(text)
    if notation.spellings:
        found = spellings_of(notation, _python_tokens, read_python)
        tokens = respell(tokens, found)
    tree = python_text.parse(text, notation, tokens)
    if len(tokens) > TREE_DEPTH:
        check_depth(tree, text)
    return tree


@_flat_enough
def read_text(text: str, notation: Notation = PLAIN) -> Tree:
    """Read mathematics as it is typed: `2x(x+1)`, `sin^2 x`, `|x|`."""
    _check_length(text)
    text = _plain(text)
    tokens = text_tokens.tokenize(text, notation)
    if notation.spellings:
        found = spellings_of(notation, text_tokens.tokenize, read_text)
        tokens = respell(tokens, found)
    tree = typed_text.parse(text, notation, tokens)
    if len(tokens) > TREE_DEPTH:
        check_depth(tree, text)
    return tree


@_flat_enough
def read_latex(text: str, notation: Notation = PLAIN) -> Tree:
    """Read LaTeX as people write it."""
    _check_length(text)
    text = _plain(text)
    tokens = latex.tokenize(text, notation)
    if notation.spellings:
        found = spellings_of(notation, latex.tokenize, read_latex)
        tokens = respell(tokens, found)
    tree = latex.parse(text, notation, tokens)
    if len(tokens) > TREE_DEPTH:
        check_depth(tree, text)
    return tree


def _plain(text: str) -> str:
    """Return *text* with the letters of mathematical alphabets as plain ones."""
    if text.isascii() or not any(_STYLED <= letter <= _STYLED_END for letter in text):
        return text
    return "".join(
        normalize("NFKC", letter) if _STYLED <= letter <= _STYLED_END else letter
        for letter in text
    )


def _python_tokens(text: str, _notation: Notation) -> list[Token]:
    return python_tokens.tokenize(text)


def _check_length(text: str) -> None:
    if len(text) > CHARACTERS:
        raise Unreadable(CHARACTERS, f"at most {CHARACTERS} characters", text)


# mathematical alphanumeric symbols: one plain letter stands for each of them
_STYLED, _STYLED_END = "\U0001d400", "\U0001d7ff"
_READERS: Final = {"text": read_text, "python": read_python, "latex": read_latex}
