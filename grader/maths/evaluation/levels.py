"""Trees about chance -> the few values that random variables take in a small world.

Values at random would never meet the 3 of `X > 3`, so that its chance were zero:
where numbers are compared with, variables take them at some points, and lie far
below and above all of them at others.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from flint import fmpq

from grader.maths.evaluation.randomness import random_number, random_rational
from grader.maths.tree import Apply, Number, Symbol, Tree

LEVELS: Final = 3
"""Values that a variable takes."""

MOST_LANDMARKS: Final = 6
FARTHEST: Final = 1_000_000
TURNS: Final = 3
"""Points take turns: values at random, at landmarks, beyond them."""

EQUALITIES: Final = frozenset({"eq", "ne"})
COMPARING: Final = EQUALITIES | {
    *("lt", "le", "gt", "ge", "chain", "in", "interval", "set", "max", "min", "abs"),
    *("sign", "relu", "heaviside", "floor", "ceil", "round", "pair_or_interval"),
}
"""Heads that act on the side of a number on which a value lies."""

Landmarks = tuple[fmpq, ...]


@lru_cache(maxsize=256)
def levels(seed: int, landmarks: Landmarks = ()) -> tuple[fmpq, ...]:
    """Return the few values that variables take, all different."""
    start = random_rational("level", seed) - fmpq(3, 2)
    usual = tuple(start + fmpq(index * 3, 4) for index in range(LEVELS))
    if not landmarks or seed % TURNS == 0:
        return usual
    if seed % TURNS == 1:
        at = seed // TURNS % len(landmarks)
        turned = landmarks[at:] + landmarks[:at]
        return tuple(dict.fromkeys((*turned[:LEVELS], *usual)))[:LEVELS]
    reach = 2 * max(abs(each) for each in landmarks) + 2
    size = random_rational("reach", seed)
    low = -reach if seed // TURNS % 2 else fmpq(1, 8)
    return (low * size, start, reach * (size + 1))


def value_at(name: str, outcome: int, seed: int, landmarks: Landmarks = ()) -> fmpq:
    """Return what a random variable is at an outcome."""
    place = random_number("value", name, outcome, seed) % LEVELS
    return levels(seed, landmarks)[place]


def landmarks_of(nodes: Iterable[Apply]) -> Landmarks:
    """Return the numbers that something is compared with, in order."""
    found: set[fmpq] = set()
    for node in nodes:
        if node.head in COMPARING:
            found.update(_numbers(node))
        if node.head in EQUALITIES and any(map(_is_combined, node.args)):
            found.update((fmpq(0), fmpq(1)))  # so that sums and products meet a number
    near = sorted(each for each in found if abs(each) <= FARTHEST)
    return tuple(near[:MOST_LANDMARKS])


def thresholds_of(nodes: Iterable[Apply]) -> frozenset[str]:
    """Return the names that stand alone on a side of an equality."""
    return frozenset(
        side.name
        for node in nodes
        if node.head in EQUALITIES
        for side in node.args
        if isinstance(side, Symbol)
    )


def _is_combined(tree: Tree) -> bool:
    return isinstance(tree, Apply) and tree.head in {"add", "mul", "div", "pow"}


def _numbers(tree: Tree) -> Iterator[fmpq]:
    match tree:
        case Number(value):
            yield fmpq(value.numerator, value.denominator)
        case Apply("neg", (Number(value),)):
            yield fmpq(-value.numerator, value.denominator)
        case Apply("pow", (base, _)):
            yield from _numbers(base)
        case Apply(_, args):
            for arg in args:
                yield from _numbers(arg)
        case _:
            pass
