"""Functions that jump: sign, floor, ceiling, rounding, the unit step and its like."""

from flint import acb, fmpq

from grader.maths.evaluation.scalars import (
    LARGEST_WHOLE,
    absolute,
    divide,
    on_right,
    sign_of,
    to_integer,
    to_real,
)
from grader.maths.evaluation.values import (
    ONE,
    ZERO,
    OutsideError,
    Plane,
    Scalar,
    UnresolvedError,
)


def sign(value: Scalar, plane: Plane) -> Scalar:
    """Return the sign of a real value, or the direction of a complex one."""
    if isinstance(value, acb) and plane is Plane.ANALYTIC:
        return ONE if on_right(value) else -ONE
    if isinstance(value, acb) and not value.imag.is_zero():
        return divide(value, absolute(value, plane))
    return fmpq(sign_of(value))


def floor(value: Scalar, _plane: Plane) -> Scalar:
    """Return the greatest integer that is not above *value*."""
    real = to_real(value)
    if isinstance(real, fmpq):
        return fmpq(real.p // real.q)
    if not abs(real) < LARGEST_WHOLE:
        raise UnresolvedError
    whole = real.floor().unique_fmpz()
    if whole is None:
        raise UnresolvedError
    return fmpq(whole)


def ceiling(value: Scalar, plane: Plane) -> Scalar:
    """Return the least integer that is not below *value*."""
    return -floor(-value, plane)


def rounded(value: Scalar, plane: Plane) -> Scalar:
    """Return the nearest integer, halves to the even one."""
    below = to_integer(floor(value, plane)) or 0
    side = sign_of(value - below - fmpq(1, 2))
    up = side > 0 or (side == 0 and below % 2 == 1)
    return fmpq(below + 1 if up else below)


def rectified(value: Scalar, _plane: Plane) -> Scalar:
    """Return the greater of the value and zero."""
    real = to_real(value)
    return real if sign_of(real) > 0 else ZERO


def heaviside(value: Scalar, _plane: Plane) -> Scalar:
    """Return the unit step, one half at zero."""
    return fmpq(sign_of(value) + 1, 2)


def dirac(value: Scalar, _plane: Plane) -> Scalar:
    """Return zero off zero, where alone the delta has a value."""
    if sign_of(value) == 0:
        raise OutsideError
    return ZERO
