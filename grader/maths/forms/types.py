"""A tree -> what kind of thing it is, so that unlike things are never compared."""

from enum import StrEnum

from grader.maths.forms.written import subtrees
from grader.maths.relating.written_sets import is_set
from grader.maths.tree import Apply, Number, Text, Tree


class Sort(StrEnum):
    """What an answer is: each sort has its own way of being equal."""

    EXPRESSION = "expression"
    EQUATION = "equation"
    INEQUALITY = "inequality"
    LOGIC = "logic"
    SET = "set"
    LIST = "list"
    PAIR = "pair"
    MATRIX = "matrix"
    FUNCTION = "function"
    TEXT = "text"


SORTS = {
    **dict.fromkeys(["eq", "defined_as"], Sort.EQUATION),
    **dict.fromkeys(["lt", "le", "gt", "ge", "ne", "chain"], Sort.INEQUALITY),
    **dict.fromkeys(
        ["and", "or", "not", "xor", "implies", "iff", "equivalent"], Sort.LOGIC
    ),
    "list": Sort.LIST,
    "tuple": Sort.PAIR,
    "pair_or_interval": Sort.PAIR,
    "matrix": Sort.MATRIX,
    "lambda": Sort.FUNCTION,
}


def sort_of(tree: Tree) -> Sort:
    """Return what *tree* is."""
    match tree:
        case Apply(head, _) if head in SORTS:
            return SORTS[head]
        case Text():
            return Sort.TEXT
        case _:
            return Sort.SET if is_set(tree) else Sort.EXPRESSION


def fault_of_type(tree: Tree) -> str:
    """Return why no value could ever fit *tree*, or the empty string.

    `1/0`, an interval from a set to a number, a union of numbers.
    """
    for part in subtrees(tree):
        match part:
            case Apply("div", (_, Number(value))) if value == 0:
                return "division-by-zero"
            case Apply("interval", (low, high, _)) if _is_collection(low, high):
                return "interval-of-sets"
            case Apply("union" | "intersection" | "set_minus", members) if any(
                isinstance(member, Number) for member in members
            ):
                return "union-of-numbers"
            case _:
                continue
    return ""


def _is_collection(*trees: Tree) -> bool:
    kinds = {Sort.SET, Sort.LIST, Sort.PAIR, Sort.MATRIX}
    return any(sort_of(tree) in kinds for tree in trees)


def same_type(expected: Tree, given: Tree) -> bool:
    """Return whether both are of one sort, and lists of one sort throughout."""
    if sort_of(expected) is not sort_of(given):
        return False
    match expected, given:
        case Apply("list" | "tuple" | "set", these), Apply(_, those):
            return all(same_type(*pair) for pair in zip(these, those, strict=False))
        case _:
            return True
