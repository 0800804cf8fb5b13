"""Code for limits and infinite sums: estimates by extrapolation, never proofs.

A limit is extrapolated from values at 2^-8, 2^-9 ... away from the place, which is
exact to many digits where the function is smooth there on that side; an infinite sum
by the transformation of Levin. Either counts only if it has settled.
"""

from collections.abc import Callable
from typing import Final

from flint import arb, fmpq

from grader.maths.evaluation.arithmetic import scalar
from grader.maths.evaluation.extended import infinity_of
from grader.maths.evaluation.frame import Code, Compile, Frame
from grader.maths.evaluation.matrices import Value
from grader.maths.evaluation.scalars import to_ball
from grader.maths.evaluation.values import (
    ZERO,
    NotUnderstoodError,
    OutsideError,
    Scalar,
    UnresolvedError,
    to_scalar,
)
from grader.maths.tree import Symbol, Text, Tree

FIRST_HALVING: Final = 8
CLOSE: Final = (100, 140)
"""Halvings after which what has no power series is near its limit, as n^(1/n) is."""

HALVINGS: Final = 16
BITS_TO_SETTLE: Final = 60
TERMS: Final = 60
TERMS_AT_MOST: Final = 400
FAR: Final = 2_000
"""A term that should be far smaller than the first ones, if a sum has a value."""

NEGLIGIBLE_BITS: Final = 240

Approach = Callable[[fmpq], Scalar]


def compile_limit(args: tuple[Tree, ...], compile_: Compile) -> Code:
    """Return code for a limit, from both sides unless a direction is given."""
    body, variable, where = args[:3]
    direction = args[3] if len(args) > 3 else Text("")  # noqa: PLR2004  three or four
    if not isinstance(variable, Symbol):
        return _not_understood
    name, code = variable.name, compile_(body)
    side = infinity_of(where)
    if side:
        return lambda frame: _extrapolated(
            lambda step: _at(code, name, side / step, frame), frame
        )
    place = compile_(where)

    def limit(frame: Frame) -> Value:
        target = scalar(place(frame))
        found = [
            _extrapolated(_approach(code, name, (target, sign), frame), frame)
            for sign in _sides(direction)
        ]
        if len(found) > 1 and not _meet(found[0], found[1]):
            raise OutsideError
        return found[0]

    return limit


def _approach(
    code: Code, name: str, place: tuple[Scalar, int], frame: Frame
) -> Approach:
    target, sign = place
    return lambda step: _at(code, name, target + sign * step, frame)


def _sides(direction: Tree) -> tuple[int, ...]:
    if isinstance(direction, Text) and direction.value in {"+", "-"}:
        return (1,) if direction.value == "+" else (-1,)
    return (1, -1)


def _not_understood(_frame: Frame) -> Value:
    raise NotUnderstoodError


def _at(code: Code, name: str, value: Scalar, frame: Frame) -> Scalar:
    frame.budget.spend()
    with frame.bound(name):
        frame.values[name] = value
        return scalar(code(frame))


def _meet(one: Scalar, other: Scalar) -> bool:
    size = abs(to_ball(one)) + 1
    return bool(abs(to_ball(one - other)) < size * arb(2) ** (-BITS_TO_SETTLE // 2))


def _extrapolated(value_at: Approach, frame: Frame) -> Scalar:
    """Return the value at step 0 of the polynomial through the last values."""
    frame.rigorous = False
    steps = [fmpq(1, 2 ** (FIRST_HALVING + at)) for at in range(HALVINGS)]
    row: list[Scalar] = []
    best: Scalar = ZERO
    for count, step in enumerate(steps):
        fresh = [value_at(step)]
        for back, before in enumerate(row, 1):
            ratio = steps[count - back] / step
            fresh.append(fresh[-1] + (fresh[-1] - before) / (ratio - 1))
        change = fresh[-1] - best
        row, best = fresh, fresh[-1]
        size = abs(to_ball(best)) + arb(2) ** -BITS_TO_SETTLE
        if count and abs(to_ball(change)) < size * arb(2) ** -BITS_TO_SETTLE:
            return best
    return _from_close_by(value_at)


def _from_close_by(value_at: Approach) -> Scalar:
    """Return the value very near the place, if it has all but stopped to change."""
    one, other = (value_at(fmpq(1, 2**halvings)) for halvings in CLOSE)
    size = abs(to_ball(other)) + arb(2) ** -BITS_TO_SETTLE
    shrunk = abs(to_ball(one)) * arb(2) ** (-BITS_TO_SETTLE // 3)
    if abs(to_ball(other)) < shrunk < arb(2) ** -BITS_TO_SETTLE:
        return ZERO
    if abs(to_ball(one - other)) < size * arb(2) ** -BITS_TO_SETTLE:
        return other
    raise UnresolvedError


def infinite_sum(code: Code, name: str, start: int, frame: Frame) -> Scalar:
    """Return the sum of all terms from *start* on, if it settles."""
    frame.rigorous = False
    terms: list[Scalar] = []
    total: Scalar = ZERO
    for at in range(TERMS_AT_MOST):
        term = _at(code, name, to_scalar(start + at), frame)
        total = total + term
        if at < TERMS:
            terms.append(term)
        if _negligible(term, total) and _negligible(terms[-1], total):
            return total
        if at == TERMS and not _shrinking(terms):
            far = _at(code, name, to_scalar(start + FAR), frame)
            varied = any(each != name for each in frame.values)  # other points may do
            grows = varied and abs(to_ball(far)) >= abs(to_ball(term)) > 0
            raise OutsideError if grows else NotUnderstoodError
        if at == TERMS:
            settled = _levin(terms)
            if settled is not None:
                return settled
    raise UnresolvedError


def _negligible(term: Scalar, total: Scalar) -> bool:
    if term == 0:
        return False
    size = abs(to_ball(total)) * arb(2) ** -NEGLIGIBLE_BITS
    return bool(abs(to_ball(term)) < size)


def _shrinking(terms: list[Scalar]) -> bool:
    half = len(terms) // 2
    early = sum((abs(to_ball(term)) for term in terms[half - 5 : half]), arb(0))
    late = sum((abs(to_ball(term)) for term in terms[-5:]), arb(0))
    return bool(late < early)


def _levin(terms: list[Scalar]) -> Scalar | None:
    """Return the sum by Levin's u-transformation if its last two steps agree."""
    kept = [term for term in terms if term != 0]
    found = [_levin_step(kept[:-drop]) for drop in (4, 1)]
    gap = abs(to_ball(found[0] - found[1]))
    size = abs(to_ball(found[1])) + arb(2) ** -BITS_TO_SETTLE
    return found[1] if gap < size * arb(2) ** -BITS_TO_SETTLE else None


def _levin_step(terms: list[Scalar]) -> Scalar:
    order = len(terms) - 1
    above: Scalar = ZERO
    below: Scalar = ZERO
    total: Scalar = ZERO
    weight = fmpq(1)
    for at, term in enumerate(terms):
        total = total + term
        power = fmpq(at + 1, order + 1) ** (order - 2)
        piece = to_ball(term) ** -1 * weight * power
        above, below = above + piece * total, below + piece
        weight = -weight * (order - at) / (at + 1)
    return above / below
