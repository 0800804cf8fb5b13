"""A chain and one of its terms -> how far its relations carry, and where they end."""

from dataclasses import dataclass
from typing import Final

from grader.maths.tree import number
from grader.model.writing import Chain

_MIRRORED: Final = {"le": "ge", "lt": "gt", "ge": "le", "gt": "lt"}
_EQUAL: Final = frozenset({"eq", "defined_as"})
_FOLLOWED: Final = {
    "eq": _EQUAL,
    "le": frozenset({"eq", "le", "lt"}),
    "ge": frozenset({"eq", "ge", "gt"}),
    "tends_to": frozenset({"eq", "approx", "tends_to", "much_less", "much_greater"}),
}
_OWN: Final = {
    "eq": _EQUAL,
    "le": frozenset({"le", "lt"}),
    "ge": frozenset({"ge", "gt"}),
    "tends_to": _FOLLOWED["tends_to"],
}
"""A bound has to be one: at least one relation on the way is the one asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """How far a chain carries from one of its terms, and by which relation at last."""

    end: int
    last: str


def way_from(chain: Chain, at: int, relation: str) -> Way | None:
    """Follow the relations to the right as far as they carry, else to the left."""
    to_the_right = [
        (relation_, end) for end, relation_ in enumerate(chain.relations[at:], at + 1)
    ]
    to_the_left = [
        (_MIRRORED.get(chain.relations[end], chain.relations[end]), end)
        for end in range(at - 1, -1, -1)
    ]
    return _carried(chain, to_the_right, relation) or _carried(
        chain, to_the_left, relation
    )


def _carried(chain: Chain, steps: list[tuple[str, int]], asked: str) -> Way | None:
    """Return where *steps* lead; a bare 0 at the end of a bound is a sign, no bound.

    A term that cannot be read is passed over where one that can follows it.
    """
    way: Way | None = None
    is_own = False
    for relation, end in steps:
        is_rounding = relation == "approx" and asked == "eq"
        if relation not in _FOLLOWED[asked] and not (is_rounding and way is None):
            break
        tree = chain.terms[end].tree
        if asked in {"le", "ge"} and tree == number(0):
            break
        if asked == "eq" and way is not None and tree == number(0):
            break  # `dL/dD = a - b = 0` is solved, and a - b is the answer
        is_own = is_own or relation in _OWN[asked] or is_rounding
        if tree is not None:
            way = Way(end=end, last=relation)
        if is_rounding:
            break
    return way if is_own else None
