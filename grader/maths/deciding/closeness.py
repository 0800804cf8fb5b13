"""Two values -> do their balls meet, and are they narrow enough for that to count."""

from enum import Enum
from typing import Final

from flint import acb, arb, fmpq

from grader.maths.evaluation.matrices import Matrix, Unit, Value
from grader.maths.evaluation.values import Scalar

BITS_TO_AGREE: Final = 110
"""Balls that meet agree if they are narrower than 2^-110 of what they hold."""

BITS_NEAR_ZERO: Final = 160
"""Beside zero there is no size to compare with, and less width is allowed."""

WIDEST: Final = arb(2) ** -20
"""In a ball as large as a factorial of a billion, a difference of one would drown."""

BITS_TO_AGREE_ROUGHLY: Final = 50
GAP_TO_DIFFER_ROUGHLY: Final = 1e-9
"""Where an error is estimated and not bounded, a difference must be plain to see."""


class Closeness(Enum):
    """How two values at one point stand to each other."""

    SAME = "same"
    APART = "apart"
    UNCLEAR = "unclear"
    MISSHAPEN = "misshapen"


def closeness(expected: Value, given: Value, *, rigorous: bool = True) -> Closeness:
    """Return whether two values agree; matrices agree when all their entries do."""
    expected, given = _sized(expected, given), _sized(given, expected)
    if isinstance(expected, Matrix | Unit) or isinstance(given, Matrix | Unit):
        return _of_matrices(expected, given, rigorous=rigorous)
    if rigorous:
        return _of_scalars(expected, given)
    return _of_estimates(expected, given)


def _sized(value: Value, other: Value) -> Value:
    """Return zero or a multiple of the identity in the size of what it is beside."""
    if isinstance(value, fmpq) and value == 0 and isinstance(other, Matrix | Unit):
        whole = other if isinstance(other, Matrix) else other.sized(2)
        return whole.map(lambda _: value)
    if not isinstance(value, Unit):
        return value
    if isinstance(other, Unit):
        return value.scale
    if isinstance(other, Matrix) and other.shape[0] == other.shape[1]:
        return value.sized(other.shape[0])
    return value.sized(2)


def _of_matrices(expected: Value, given: Value, *, rigorous: bool) -> Closeness:
    if not (isinstance(expected, Matrix) and isinstance(given, Matrix)):
        return Closeness.MISSHAPEN
    if expected.shape != given.shape:
        return Closeness.MISSHAPEN
    found = {
        closeness(one, other, rigorous=rigorous)
        for one, other in zip(expected.entries, given.entries, strict=True)
    }
    if Closeness.APART in found:
        return Closeness.APART
    return Closeness.UNCLEAR if Closeness.UNCLEAR in found else Closeness.SAME


def _of_scalars(expected: Scalar, given: Scalar) -> Closeness:
    gap = expected - given
    if isinstance(gap, fmpq):
        return Closeness.SAME if gap == 0 else Closeness.APART
    if not gap.contains(0):
        return Closeness.APART
    radius = _radius(gap)
    if radius == 0:
        return Closeness.SAME
    size = _lower(expected)
    if size > 0:
        narrow = radius < size * arb(2) ** -BITS_TO_AGREE and radius < WIDEST
    else:
        narrow = radius < arb(2) ** -BITS_NEAR_ZERO
    return Closeness.SAME if narrow else Closeness.UNCLEAR


def _of_estimates(expected: Scalar, given: Scalar) -> Closeness:
    gap = abs(arb_of(expected - given))
    size = abs(arb_of(expected)).max(abs(arb_of(given))).max(arb(1) / 1000)
    if gap > size * GAP_TO_DIFFER_ROUGHLY:
        return Closeness.APART
    narrow = gap < size * arb(2) ** -BITS_TO_AGREE_ROUGHLY
    return Closeness.SAME if narrow else Closeness.UNCLEAR


def arb_of(value: Scalar) -> arb:
    """Return the modulus of a complex ball, or the real value as a ball."""
    if isinstance(value, fmpq):
        return arb(value)
    return abs(value) if isinstance(value, acb) else value


def _radius(gap: arb | acb) -> arb:
    if isinstance(gap, acb):
        return gap.real.rad() + gap.imag.rad()
    return gap.rad()


def _lower(value: Scalar) -> arb:
    """Return a lower bound of the modulus."""
    return arb(abs(value)) if isinstance(value, fmpq) else value.abs_lower()


def digits_of(expected: Value, given: Value) -> int:
    """Return to how many decimal digits two values that meet are known."""
    if isinstance(expected, Matrix | Unit) or isinstance(given, Matrix | Unit):
        return DIGITS_OF_MATRICES
    if isinstance(expected, fmpq) and isinstance(given, fmpq):
        return EXACT_DIGITS
    bits = min(_accuracy(expected), _accuracy(given))
    return max(0, min(EXACT_DIGITS, int(bits * 0.30103)))


def _accuracy(value: Scalar) -> int:
    return 10**6 if isinstance(value, fmpq) else int(value.rel_accuracy_bits())


DIGITS_OF_MATRICES: Final = 30
EXACT_DIGITS: Final = 1000
"""Stands for exactness in a count of digits."""
