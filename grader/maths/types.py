"""A tree -> what kind of thing it is, so that unlike things are never compared."""

from enum import StrEnum

from grader.maths.sets import is_set
from grader.maths.tree import Apply, Text, Tree


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


def same_type(expected: Tree, given: Tree) -> bool:
    """Return whether both are of one sort, and lists of one sort throughout."""
    if sort_of(expected) is not sort_of(given):
        return False
    match expected, given:
        case Apply("list" | "tuple" | "set", these), Apply(_, those):
            return all(same_type(*pair) for pair in zip(these, those, strict=False))
        case _:
            return True
