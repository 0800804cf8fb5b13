"""A function of one real number -> the zeros that a search along the line finds.

For what is no polynomial: trigonometric, exponential, roots, absolute values. A
change of sign is halved down to a narrow ball; a dip that touches zero is followed
to its bottom. Zeros may be missed, so nothing rests on a zero that is not there.
"""

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Final

from flint import arb, fmpq

from grader.maths.relating.univariate import as_fraction

Real = fmpq | arb
Curve = Callable[[fmpq], Real | None]
"""The function at a rational, or None where it has no value."""

GRID: Final = tuple(
    sorted(
        {Fraction(k, 8) + Fraction(1, 97) for k in range(-52, 53)}
        | {Fraction(k) + Fraction(3, 101) for k in range(-24, 25)}
        | {Fraction(k) + Fraction(1, 103) for k in (-99, -60, -40, 40, 60, 99)}
        | {Fraction(sign, 10**k) for k in (2, 4, 6) for sign in (-1, 1)}
        | {Fraction(sign * 10**k) for k in (3, 4, 6) for sign in (-1, 1)}
    )
)
SPARSE_GRID: Final = GRID[::4]
"""For lines of which there are many, so that each may miss a zero."""

HALVINGS: Final = 16
SECANTS: Final = 9
NARROW: Final = Fraction(1, 2**170)
DESCENTS: Final = 60
MOST_ZEROS: Final = 24


def search(
    curve: Curve,
    landmarks: Sequence[Fraction] = (),
    *,
    slope: Callable[[], Curve | None] = lambda: None,
    thorough: bool = True,
) -> list[Real]:
    """Return zeros of *curve*, as rationals or narrow balls, from left to right.

    Where it touches zero at no plain rational, as `cos(x) - 1` does, the zero of its
    *slope* is the better known.
    """
    line = [
        (place, value)
        for place in _places(landmarks, GRID if thorough else SPARSE_GRID)
        if (value := curve(fmpq(place.numerator, place.denominator))) is not None
    ]
    found: list[Real] = [_rational(place) for place, value in line if not _side(value)]
    for (left, low), (right, high) in pairwise(line):
        if len(found) >= MOST_ZEROS:
            break
        if _side(low) * _side(high) < 0:
            found += _halved(curve, left, right, _side(low))
    return found + _touching(curve, line, slope)


def _places(landmarks: Sequence[Fraction], grid: Sequence[Fraction]) -> list[Fraction]:
    near = {mark + step for mark in landmarks for step in _steps(mark)}
    return sorted({*grid, *landmarks, *near})


def _steps(mark: Fraction) -> tuple[Fraction, Fraction]:
    width = Fraction(1, 1000) * max(abs(mark), Fraction(1))
    return -width, width


def _rational(place: Fraction) -> fmpq:
    return fmpq(place.numerator, place.denominator)


def _side(value: Real) -> int:
    return int(value > 0) - int(value < 0)


def _halved(curve: Curve, left: Fraction, right: Fraction, low: int) -> list[Real]:
    """Return the zero between two places of opposite sign, unless it is a jump."""
    for _ in range(HALVINGS):
        middle = (left + right) / 2
        value = curve(_rational(middle))
        if value is None:
            return []
        if value == 0:
            return [_rational(middle)]
        if _side(value) == low:
            left = middle
        else:
            right = middle
    return _polished(curve, left, right)


def _polished(curve: Curve, left: Fraction, right: Fraction) -> list[Real]:
    """Return the zero in a narrow bracket, by secants, inside a ball with a proof."""
    before, here = arb(_rational(left)), arb(_rational(right))
    low, value = curve(_rational(left)), curve(_rational(right))
    for _ in range(SECANTS):
        if low is None or value is None or arb(value - low).contains(0):
            break
        step = (here - value * (here - before) / (value - low)).mid()
        before, low, here = here, value, step
        value = curve(_rational(as_fraction(step)))
    return _proved(curve, as_fraction(here))


def _proved(curve: Curve, place: Fraction) -> list[Real]:
    width = NARROW * max(abs(place), Fraction(1))
    plain = place.limit_denominator(1000)
    if abs(plain - place) < width and curve(_rational(plain)) == 0:
        return [_rational(plain)]
    sides = [curve(_rational(place + step)) for step in (-width, width)]
    if sides[0] is None or sides[1] is None:
        return []
    if _side(sides[0]) * _side(sides[1]) >= 0:
        return []
    return [_ball(place - width, place + width)]


def _ball(left: Fraction, right: Fraction) -> arb:
    return arb(_rational(left)).union(arb(_rational(right)))


def _touching(
    curve: Curve,
    line: Sequence[tuple[Fraction, Real]],
    slope: Callable[[], Curve | None],
) -> list[Real]:
    found: list[Real] = []
    steep: Curve | None = None
    triples = zip(line, line[1:], line[2:], strict=False)
    for (left, before), (_, value), (right, after) in triples:
        same = _side(before) == _side(value) == _side(after) != 0
        ends = [abs(arb(end)) for end in (before, after)]
        lower = [end >= abs(arb(value)) for end in ends]
        flat = before == value == after
        if same and all(lower) and not flat and len(found) < MOST_ZEROS:
            steep = steep or slope()
            turning = _turning(steep, left, right) if steep else []
            found += [place for place in turning if _touches(curve, place)]
            bottom = _bottom(curve, left, right, _side(value)) if not turning else None
            if bottom is not None and _is_zero(curve, bottom):
                found.append(bottom)
    return found


def _touches(curve: Curve, place: Real) -> bool:
    value = curve(_rational(as_fraction(place)))
    return value is not None and abs(float(arb(value).mid())) <= TOUCH


def _is_zero(curve: Curve, place: fmpq) -> bool:
    """Return whether a rational is a zero, and not only very near one."""
    value = curve(place)
    return value is not None and bool(arb(value).contains(0))


def _turning(slope: Curve, left: Fraction, right: Fraction) -> list[Real]:
    """Return the zero of the slope between two places, if it changes sign there."""
    low, high = slope(_rational(left)), slope(_rational(right))
    if low is None or high is None or _side(low) * _side(high) >= 0:
        return []
    return _halved(slope, left, right, _side(low))


def _bottom(curve: Curve, left: Fraction, right: Fraction, side: int) -> fmpq | None:
    """Return where a dip is lowest, or highest below zero."""
    for _ in range(DESCENTS):
        third = (right - left) / 3
        one, two = left + third, right - third
        values = [curve(_rational(place)) for place in (one, two)]
        if values[0] is None or values[1] is None:
            return None
        if (values[1] - values[0]) * side >= 0:
            right = two
        else:
            left = one
    return _rational(_simplest(left, right))


TOUCH: Final = 1e-15


def _simplest(left: Fraction, right: Fraction) -> Fraction:
    """Return a rational with a small denominator near the middle of the two."""
    middle = (left + right) / 2
    plain = middle.limit_denominator(10_000)
    return plain if abs(plain - middle) < Fraction(1, 10**8) else middle


__all__ = ["GRID", "Curve", "Real", "as_fraction", "search"]
