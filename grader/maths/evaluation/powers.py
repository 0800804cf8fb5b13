"""Powers, roots and logarithms to a base, real where a course takes them as real."""

from fractions import Fraction
from typing import Final

from flint import acb, arb, fmpq

from grader.maths.evaluation.scalars import (
    divide,
    logarithm,
    off_cut,
    reciprocal,
    settled,
    sign_of,
    square_root,
    to_ball,
    to_complex,
    to_integer,
)
from grader.maths.evaluation.values import (
    EXACT_BITS,
    ONE,
    ZERO,
    OutsideError,
    Plane,
    Scalar,
    UnresolvedError,
)

LARGEST_EXPONENT_BITS: Final = 64


def bits_of(value: fmpq) -> int:
    """Return the length of the longer of numerator and denominator."""
    return max(int(value.p).bit_length(), int(value.q).bit_length())


def power(base: Scalar, exponent: Scalar, *, plane: Plane, odd_roots: bool) -> Scalar:
    """Return *base* to the *exponent*; an integer exponent takes any base."""
    whole = to_integer(exponent)
    if whole is not None:
        return whole_power(base, whole)
    if isinstance(base, acb) or isinstance(exponent, acb):
        return _complex_power(base, exponent, plane)
    side = sign_of(base)
    if side > 0:
        return _positive_power(base, exponent)
    if side < 0:
        return _negative_power(base, exponent, plane=plane, odd_roots=odd_roots)
    if sign_of(exponent) < 0:
        raise OutsideError
    return ZERO


def _negative_power(
    base: fmpq | arb, exponent: fmpq | arb, *, plane: Plane, odd_roots: bool
) -> Scalar:
    if odd_roots and isinstance(exponent, fmpq) and int(exponent.q) % 2 == 1:
        size = _positive_power(-base, exponent)
        return -size if int(exponent.p) % 2 else size
    if plane is Plane.LINE:
        raise OutsideError
    return _complex_power(base, exponent, plane)


def whole_power(base: Scalar, exponent: int) -> Scalar:
    """Return an integer power, exact where its digits stay few; 0^0 is 1."""
    if exponent == 0:
        return ONE
    if exponent < 0:
        return reciprocal(whole_power(base, -exponent))
    if (
        isinstance(base, fmpq)
        and bits_of(base) > 1
        and bits_of(base) * exponent > EXACT_BITS
    ):
        base = arb(base)
    if exponent.bit_length() <= LARGEST_EXPONENT_BITS:
        if isinstance(base, arb) and base.contains(0):
            return settled(_repeated_squares(base, exponent))
        return settled(base**exponent)
    if sign_of(base) == 0:
        return ZERO
    size = settled((abs(to_ball(base)).log() * exponent).exp())
    return -size if sign_of(base) < 0 and exponent % 2 else size


def _repeated_squares(base: arb, exponent: int) -> arb:
    """Return the power of a ball around zero, of which the library makes nothing."""
    result = arb(1)
    for bit in f"{exponent:b}":
        result = result * result
        if bit == "1":
            result = result * base
    return result


def root(radicand: Scalar, degree: Scalar, *, plane: Plane) -> Scalar:
    """Return the root of a degree: the real one, of either sign, where there is one."""
    whole = to_integer(degree)
    if whole == 2:  # noqa: PLR2004  the square root is by far the commonest
        return square_root(radicand, plane)
    if whole is not None and whole > 0 and whole % 2 == 1:
        return power(radicand, fmpq(1, whole), plane=plane, odd_roots=True)
    return power(radicand, reciprocal(degree), plane=plane, odd_roots=False)


def log_to_base(value: Scalar, base: Scalar, *, plane: Plane) -> Scalar:
    """Return the logarithm to a base, exact where it is a small integer."""
    if isinstance(value, fmpq) and isinstance(base, fmpq) and base > 1 and value > 0:
        exact = _whole_logarithm(value, base)
        if exact is not None:
            return exact
    return divide(logarithm(value, plane), logarithm(base, plane))


def _whole_logarithm(value: fmpq, base: fmpq) -> fmpq | None:
    guess = round(float(arb(value).log().mid()) / float(arb(base).log().mid()))
    if abs(guess) * bits_of(base) > EXACT_BITS:
        return None
    return fmpq(guess) if base**guess == value else None


def _positive_power(base: fmpq | arb, exponent: fmpq | arb) -> Scalar:
    if isinstance(exponent, fmpq):
        if exponent.q == 2:  # noqa: PLR2004  half-integer powers keep exact squares
            return whole_power(square_root(base, Plane.LINE), int(exponent.p))
        if isinstance(base, fmpq):
            exact = _exact_root(base, int(exponent.q))
            if exact is not None:
                return whole_power(exact, int(exponent.p))
    if base == 1:
        return ONE
    return settled((to_ball(base).log() * exponent).exp())


def _exact_root(base: fmpq, degree: int) -> fmpq | None:
    """Return the rational root of a positive rational, if it is rational."""
    if degree > bits_of(base):
        return None
    above, below = base.p.root(degree), base.q.root(degree)
    found = fmpq(above, below)
    return found if found**degree == base else None


def _complex_power(base: Scalar, exponent: Scalar, plane: Plane) -> Scalar:
    value = to_complex(base)
    if value.contains(0):
        if base == 0 and not isinstance(exponent, acb) and sign_of(exponent) > 0:
            return ZERO
        raise UnresolvedError
    off_cut(value, plane)
    return settled((value.log() * exponent).exp())


def as_fraction(value: fmpq) -> Fraction:
    """Return the exact rational as Python's own."""
    return Fraction(int(value.p), int(value.q))
