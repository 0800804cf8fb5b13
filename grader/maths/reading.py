"""Student text in one of three syntaxes -> tree, or `Unreadable` with a caret.

Nothing is evaluated while reading, and nothing that is not understood is dropped.
"""

from typing import Literal

from grader.maths import python_text
from grader.maths.notation import PLAIN, Notation
from grader.maths.parser import check_depth
from grader.maths.tree import Tree
from grader.maths.unreadable import CHARACTERS, TREE_DEPTH, Unreadable

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


def read_python(text: str, notation: Notation = PLAIN) -> Tree:
    """Read `x**2 + Eq(a, b)`: Python's operators and the names of sympy's classes."""
    _check_length(text)
    tokens = python_text.tokenize(text)
    tree = python_text.parse(text, notation, tokens)
    if len(tokens) > TREE_DEPTH:
        check_depth(tree, text)
    return tree


def _check_length(text: str) -> None:
    if len(text) > CHARACTERS:
        raise Unreadable(CHARACTERS, f"at most {CHARACTERS} characters", text)
