"""Answers of two sorts that people use for one thing -> both in one sort.

Only where a question is lenient about it: `x = 3` for `3`, `1, 2` for the set of
both, `-1 < x < 1` for the interval, `x = 1 or x = 2` for the two values.
"""

from grader.maths.finding import Finding
from grader.maths.relating.sets import describes_set
from grader.maths.relating.statements import (
    is_statement,
    mentions_both_signs,
    signs_chosen,
)
from grader.maths.relating.written_sets import is_set
from grader.maths.setting import Setting
from grader.maths.tree import Apply, Constant, Symbol, Text, Tree

LISTS = frozenset({"list", "tuple", "pair_or_interval"})


def bridged(expected: Tree, given: Tree) -> tuple[Tree, Tree]:
    """Return both answers, each brought closer to the sort of the other."""
    given = worded(given, expected)
    expected = worded(expected, given)
    return met(expected, given), met(given, expected)


def met(tree: Tree, other: Tree) -> Tree:
    """Return *tree* in the sort of *other*, if people write the one for the other."""
    if isinstance(tree, Apply) and tree.head == "quantity":
        unlike = not (isinstance(other, Apply) and other.head == "quantity")
        return tree.args[0] if unlike else tree
    if (
        isinstance(tree, Apply)
        and tree.head in {"listing", "set"}
        and not _claims(other)
    ):
        return Apply(tree.head, tuple(map(_bare, tree.args)))
    if isinstance(tree, Apply) and tree.head in {"eq", "chain", "defined_as"}:
        return _value_of(tree) if not _claims(other) else tree
    if is_set(other) or _is_list(other):
        return _as_set(tree) if _is_loose(tree, other) else tree
    return tree


def _claims(tree: Tree) -> bool:
    if isinstance(tree, Apply) and tree.head in {"list", "listing", "set"}:
        return any(map(_claims, tree.args))
    return is_statement(tree)


def _value_of(tree: Apply) -> Tree:
    """Return what a name is said to be: the right side, or the end of a chain."""
    *before, last = tree.args
    signs = [sign.value for sign in before if isinstance(sign, Text)]
    named = isinstance(before[0], Symbol) or _all_names(before[0])
    if tree.head == "chain":
        return last if set(signs) == {"eq"} else tree
    return last if named else tree


def _bare(tree: Tree) -> Tree:
    return _value_of(tree) if isinstance(tree, Apply) and tree.head == "eq" else tree


def _all_names(tree: Tree) -> bool:
    match tree:
        case Apply(head, args) if head in LISTS or head in {"call", "index"}:
            return all(isinstance(arg, Symbol) for arg in args)
        case _:
            return False


def _is_list(tree: Tree) -> bool:
    return isinstance(tree, Apply) and tree.head in {"list", "listing"}


def _is_loose(tree: Tree, other: Tree) -> bool:
    """Return whether *tree* lists things without saying what they are together."""
    match tree:
        case Apply("list", _):
            return is_set(other)
        case Apply("or" | "and", parts):
            return all(isinstance(p, Apply) and p.head == "eq" for p in parts)
        case _:
            return mentions_both_signs(tree)


def _as_set(tree: Tree) -> Tree:
    match tree:
        case Apply("list", args):
            return Apply("set", args)
        case Apply("or" | "and", parts):
            return Apply("set", parts)
        case _:
            return Apply("set", signs_chosen(tree))


def worded(tree: Tree, other: Tree) -> Tree:
    """Return letters that were read as a product as the word that *other* is."""
    if not isinstance(other, Text):
        return tree
    letters = _spelled(tree)
    wanted = other.value.strip(" ().")
    return other if letters and letters.casefold() == wanted.casefold() else tree


def _spelled(tree: Tree) -> str:
    match tree:
        case Symbol(name):
            return name
        case Constant("e" | "i" as name):
            return name
        case Text(words):
            return words.strip(" ().")
        case Apply("mul", args):
            parts = [_spelled(arg) for arg in args]
            return "".join(parts) if all(parts) else ""
        case _:
            return ""


def compare_regions(expected: Tree, given: Tree, setting: Setting) -> Finding | None:
    """Return whether a statement in one name and a set say the same, if they are that."""
    if is_statement(expected) and is_set(given):
        return describes_set(expected, given, setting)
    if is_set(expected) and is_statement(given):
        return describes_set(given, expected, setting)
    return None
