"""Two answers in two spellings of one thing -> both in one, where the other shows it.

A vector by its coordinates or along i, j, k; the identity as I or written out; a unit
in words or in letters; a name that a side condition explains.
"""

from itertools import zip_longest
from typing import Final

from grader.maths.deciding.rewritings import parts, rewritten
from grader.maths.forms.coordinates import is_vector
from grader.maths.relating.statements import replaced
from grader.maths.tree import Apply, Constant, Symbol, Text, Tree, number, symbols_of

Pair = tuple[Tree, Tree]

DIRECTIONS: Final = ("i", "j", "k")
COORDINATES: Final = frozenset({"tuple", "pair_or_interval"})
LINEAR: Final = frozenset({"add", "neg", "mul", "div"})
ZERO: Final = number(0)


def directions(expected: Tree, given: Tree) -> Pair:
    """Return both along i, j, k, where one is and the other has coordinates."""
    return _along(expected, given), _along(given, expected)


def _along(tree: Tree, other: Tree) -> Tree:
    if not (isinstance(tree, Apply) and tree.head in COORDINATES):
        return tree
    if not (isinstance(other, Apply) and other.head in LINEAR) or is_vector(other):
        return tree
    marks = {mark for mark in ("", "_hat") if f"j{mark}" in symbols_of(other)}
    if len(marks) != 1 or len(tree.args) > len(DIRECTIONS):
        return tree
    (mark,) = marks
    found = parts(other)
    first: Tree = Constant("i") if Constant("i") in found else Symbol(f"i{mark}")
    axes = (first, *(Symbol(f"{letter}{mark}") for letter in DIRECTIONS[1:]))
    terms = [
        Apply("mul", (value or ZERO, axis))
        for value, axis in zip_longest(tree.args, axes[: len(tree.args)])
    ]
    return Apply("add", tuple(terms))


def identities(expected: Tree, given: Tree) -> Pair:
    """Return both with a lone I as the identity, beside a matrix that is written out."""
    return _identity(expected, given), _identity(given, expected)


def _identity(tree: Tree, other: Tree) -> Tree:
    if not (isinstance(other, Apply) and other.head == "matrix"):
        return tree
    match tree:
        case Constant("i") | Symbol("I"):
            return Apply("identity", ())
        case Apply("mul", (scale, Constant("i") | Symbol("I"))):
            return Apply("mul", (scale, Apply("identity", ())))
        case _:
            return tree


def explained(expected: Tree, given: Tree) -> Pair:
    """Return both with what a side condition calls a name put in for it."""
    return _explained(expected), _explained(given)


def _explained(tree: Tree) -> Tree:
    match tree:
        case Apply("where", (claim, Apply("eq" | "defined_as", (Symbol(name), value)))):
            return replaced(claim, {name: value})
        case _:
            return tree


def units_in_letters(expected: Tree, given: Tree) -> Pair:
    """Return both with a unit in words as a factor, where one side has it as that."""
    worded = [_has_unit(side) for side in (expected, given)]
    if worded[0] == worded[1]:
        return expected, given
    return rewritten(expected, _with_letters), rewritten(given, _with_letters)


def _has_unit(tree: Tree) -> bool:
    return any(
        isinstance(part, Apply) and part.head == "quantity" for part in parts(tree)
    )


def _with_letters(tree: Tree) -> Tree | None:
    match tree:
        case Apply("quantity", (value, Text(word))) if word.isalpha():
            return Apply("mul", (value, Symbol(word)))
        case _:
            return None
