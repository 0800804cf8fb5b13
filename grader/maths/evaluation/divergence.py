"""Limits, sums and integrals that grow beyond all bounds -> the infinity they reach.

Judged by how they grow, never proved: a limit by its values ever closer to the place,
a sum by Cauchy's condensation, an integral by the same at its open ends.
"""

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Final

from flint import arb, fmpq

from grader.maths.evaluation.evaluate import evaluate
from grader.maths.evaluation.extended import infinity_of
from grader.maths.evaluation.values import Undefined
from grader.maths.tree import Apply, Symbol, Text, Tree, symbols_of

BITS: Final = 1200
"""Enough for what cancels at the closest places."""

CLOSER: Final = (8, 16, 32, 64, 128)
GROWTH: Final = 1.3
"""A logarithm doubles from one place to the next; what settles soon stays below."""

EARLY: Final = 20
LATE: Final = 40
KEPT: Final = 0.4
"""Of its condensed term at 2^20, 1/n keeps all at 2^40, 1/(n ln n) half, 1/(n ln² n)
a quarter: only the first two diverge."""

Curve = Callable[[fmpq | arb], arb | None]


def divergence_of(tree: Tree) -> int:
    """Return 1 or -1 where *tree* grows to that infinity, 0 if it was not seen to."""
    match tree:
        case Apply("neg", (inner,)):
            return -divergence_of(inner)
        case Apply("limit", (body, Symbol(name), place, *side)):
            if symbols_of(body) <= {name} and not symbols_of(place):
                return _of_limit(_curve(body, name), place, side)
        case Apply("sum", (body, Apply("tuple", (Symbol(name), _, end)))):
            if symbols_of(body) <= {name} and infinity_of(end) > 0:
                return _of_tail(_curve(body, name), fmpq(0), 1)
        case Apply("integral", (body, Apply("tuple", (Symbol(name), low, high)))):
            if symbols_of(body) <= {name}:
                return _of_integral(_curve(body, name), low, high)
        case _:
            pass
    return 0


def _curve(body: Tree, name: str) -> Curve:
    def curve(place: fmpq | arb) -> arb | None:
        value = evaluate(body, {name: place}, bits=BITS)
        return arb(value) if isinstance(value, fmpq | arb) else None

    return curve


def _of_limit(curve: Curve, place: Tree, side: list[Tree]) -> int:
    towards = infinity_of(place)
    if towards:
        return _growing([curve(towards * fmpq(2) ** step) for step in CLOSER])
    target = evaluate(place, {}, bits=BITS)
    if not isinstance(target, fmpq | arb):
        return 0
    signs = {"+": (1,), "-": (-1,)}.get(_word(side), (1, -1))
    found = {
        _growing([curve(target + sign * fmpq(2) ** -step) for step in CLOSER])
        for sign in signs
    }
    return found.pop() if len(found) == 1 else 0


def _word(side: list[Tree]) -> str:
    return next((part.value for part in side if isinstance(part, Text)), "")


def _growing(values: list[arb | None]) -> int:
    """Return the sign of values that grow from each to the next."""
    known = [value for value in values if value is not None]
    if len(known) < len(values) - 1 or values[0] is None:
        return 0
    for sign in (1, -1):
        sizes = [value * sign for value in known]
        pairs = pairwise(sizes)
        if sizes[0] > 0 and all(after > before * GROWTH for before, after in pairs):
            return sign
    return 0


def _of_tail(curve: Curve, start: fmpq, towards: int) -> int:
    """Return whether the condensed terms `t f(start + t)` do not fall off."""
    early, late = (_condensed(curve, start, towards * at) for at in (EARLY, LATE))
    for sign in (1, -1):
        if early is None or late is None:
            return 0
        if early * sign > 0 and late * sign > early * sign * KEPT:
            return sign
    return 0


def _condensed(curve: Curve, start: fmpq, power: int) -> arb | None:
    step = fmpq(2) ** power
    value = curve(start + step)
    return None if value is None else value * step


def _of_integral(curve: Curve, low: Tree, high: Tree) -> int:
    return next((sign for sign in _ends(curve, low, high) if sign), 0)


def _ends(curve: Curve, low: Tree, high: Tree) -> Iterator[int]:
    start = evaluate(low, {}) if not infinity_of(low) else Undefined("outside-domain")
    if not isinstance(start, fmpq):
        return
    if infinity_of(high) > 0:
        yield _of_tail(curve, fmpq(0), 1)
    yield _of_tail(curve, start, -1)
