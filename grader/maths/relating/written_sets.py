"""A tree -> whether it is written as a set."""

from typing import Final

from grader.maths.tree import Apply, Constant, Tree

SETS: Final = frozenset(
    {"set", "interval", "union", "intersection", "set_minus", "set_builder"}
    | {"symmetric_difference", "complement", "pair_or_interval"}
)
SET_NAMES: Final = frozenset(
    {"empty_set", "naturals", "integers", "rationals", "reals", "complexes"}
)


def is_set(tree: Tree) -> bool:
    """Return whether *tree* is written as a set."""
    match tree:
        case Constant(name):
            return name in SET_NAMES
        case Apply(head, _):
            return head in SETS
        case _:
            return False
