"""Answers of two sorts that people use for one thing -> both in one sort.

Only where a question is lenient about it: `x = 3` for `3`, `1, 2` for the set of
both, `-1 < x < 1` for the interval, `x = 1 or x = 2` for the two values.
"""

import re
from typing import Final, TypeGuard

from grader.maths.finding import Finding
from grader.maths.forms.written import subtrees
from grader.maths.relating.sets import describes_set
from grader.maths.relating.statements import (
    is_statement,
    mentions_both_signs,
    signs_chosen,
)
from grader.maths.relating.unit_words import without_unit
from grader.maths.relating.written_sets import is_set
from grader.maths.setting import Setting
from grader.maths.tree import Apply, Constant, Symbol, Text, Tree, symbols_of

LISTS: Final = frozenset({"list", "tuple", "pair_or_interval"})
MEASURES: Final = frozenset(
    {"probability", "expectation", "variance", "covariance", "entropy", "derivative"}
    | {"partial", "prime", "abs", "norm", "det", "rank", "trace"}
)
"""What stands alone left of an equality, and names the value on the right."""

NO_SOLUTION: Final = re.compile(
    r"(?:there (?:is|are) )?no (?:real )?(?:solutions?|roots?)(?: exists?)?"
    r"|(?:the )?empty set"
)
ALL_REALS: Final = re.compile(r"(?:all|any) reals?(?: numbers?)?|(?:the )?real numbers")


def bridged(expected: Tree, given: Tree) -> tuple[Tree, Tree]:
    """Return both answers, each brought closer to the sort of the other."""
    given = worded(given, expected)
    expected = worded(expected, given)
    return met(expected, given), met(given, expected)


def met(tree: Tree, other: Tree) -> Tree:
    """Return *tree* in the sort of *other*, if people write the one for the other."""
    tree = without_unit(
        _last_line(_named_set(_exact_side(tree, other), other), other), other
    )
    if _is_pair(other) and not _claims(other):
        return _coordinates(tree)
    if (
        isinstance(tree, Apply)
        and tree.head in {"listing", "set"}
        and not _claims(other)
    ):
        return Apply(tree.head, tuple(map(_bare, tree.args)))
    if _is_equation(tree):
        return tree if _claims(other) else without_unit(_value_of(tree), other)
    if is_set(other) or _is_list(other):
        return _as_set(tree, other) if _is_loose(tree, other) else tree
    return tree


def _claims(tree: Tree) -> bool:
    if isinstance(tree, Apply) and tree.head in {"list", "listing", "set"}:
        return any(map(_claims, tree.args))
    return is_statement(tree)


def _value_of(tree: Apply) -> Tree:
    """Return what a name is said to be: the right side, or the end of a chain."""
    *before, last = tree.args
    signs = [sign.value for sign in before if isinstance(sign, Text)]
    left = before[0]
    named = isinstance(left, Symbol) or _is_called(left, last) or left == Text("")
    named = named or not symbols_of(tree)  # 6 · 5 · 4 = 120
    if tree.head == "chain":
        return last if set(signs) == {"eq"} else tree
    return last if named else tree


def _bare(tree: Tree) -> Tree:
    return _value_of(tree) if isinstance(tree, Apply) and tree.head == "eq" else tree


def _is_called(tree: Tree, value: Tree) -> bool:
    """Return whether *tree* only says what *value* is: `f(2)`, `P(A)`, `(x, y)`."""
    match tree:
        case Apply(head, args) if head in LISTS | {"index"}:
            return all(isinstance(arg, Symbol) for arg in args)
        case Apply("call", (function, *_)):
            return symbols_of(function).isdisjoint(symbols_of(value))
        case Apply(head) if head in MEASURES:
            return tree not in subtrees(value)
        case _:
            return False


def _exact_side(tree: Tree, other: Tree) -> Tree:
    """Return what `2 pi` of `2 pi ≈ 6.28` is, unless the other answer is rounded, too."""
    if isinstance(other, Apply) and other.head == "approx":
        return tree
    match tree:
        case Apply("approx", (Text(""), value)) | Apply("approx", (value, _)):
            return value
        case Apply("chain", (*before, Text("approx"), _)):
            return before[0] if len(before) == 1 else _chained(before)
        case _:
            return tree


def _chained(sides: list[Tree]) -> Tree:
    match sides:
        case [left, Text(head), right]:
            return Apply(head, (left, right))
        case _:
            return Apply("chain", tuple(sides))


def _named_set(tree: Tree, other: Tree) -> Tree:
    """Return the set that words stand for, beside a set."""
    if not (isinstance(tree, Text) and is_set(other)):
        return tree
    words = " ".join(tree.value.casefold().split()).strip(" .")
    if NO_SOLUTION.fullmatch(words):
        return Constant("empty_set")
    return Constant("reals") if ALL_REALS.fullmatch(words) else tree


def _last_line(tree: Tree, other: Tree) -> Tree:
    """Return the end of lines that solve for one name, beside a single value."""
    single = not (_claims(other) or is_set(other) or _is_list(other) or _is_pair(other))
    match tree:
        case Apply("and", (*_, Apply("eq", (Symbol(name), _)) as last)) if (
            single and symbols_of(tree) == {name}
        ):
            return last
        case _:
            return tree


def _is_pair(tree: Tree) -> bool:
    return isinstance(tree, Apply) and tree.head in {"tuple", "pair_or_interval"}


def _coordinates(tree: Tree) -> Tree:
    """Return `x = 2 and y = 3` as the pair of both, in the order of the alphabet."""
    if not (isinstance(tree, Apply) and tree.head in {"and", "listing"}):
        return _value_of(tree) if _is_equation(tree) else tree
    told: dict[str, Tree] = {}
    for part in tree.args:
        match part:
            case Apply("eq", (Symbol(name), value)):
                told[name] = value
            case _:
                return tree
    if len(told) < len(tree.args):
        return tree
    return Apply("tuple", tuple(told[name] for name in sorted(told)))


def _is_equation(tree: Tree) -> TypeGuard[Apply]:
    return isinstance(tree, Apply) and tree.head in {"eq", "chain", "defined_as"}


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


def _as_set(tree: Tree, other: Tree) -> Tree:
    match tree:
        case Apply("list", args):
            return Apply("set", args)
        case Apply("or" | "and", parts):
            one = len({part.args[0] for part in parts if isinstance(part, Apply)}) == 1
            values = one and not _claims(other)
            return Apply("set", tuple(map(_bare, parts)) if values else parts)
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
