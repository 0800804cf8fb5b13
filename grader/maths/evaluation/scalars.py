"""Functions of one number: a rational or a ball in, a ball (or an exact value) out.

In real mode a value outside the natural domain raises `OutsideError`; in complex
mode the principal value is taken. A ball that touches the edge of a domain raises
`UnresolvedError`, for a narrower ball may not.
"""

from typing import Final

from flint import acb, arb, fmpq

from grader.maths.evaluation.values import (
    ONE,
    ZERO,
    OutsideError,
    Plane,
    Scalar,
    UnresolvedError,
)

LARGEST_WHOLE: Final = fmpq(2) ** 4096
"""A ball may hold 2^(2^60) exactly; written out, such an integer fills the memory."""


def to_ball(value: Scalar) -> arb | acb:
    """Return *value* as a real or complex ball."""
    return arb(value) if isinstance(value, fmpq) else value


def to_real(value: Scalar) -> fmpq | arb:
    """Return *value* if it is real, for what needs an order on the line."""
    if not isinstance(value, acb):
        return value
    if value.imag.is_zero():
        return value.real
    if value.imag.contains(0):
        raise UnresolvedError
    raise OutsideError


def to_complex(value: Scalar) -> acb:
    """Return *value* as a complex ball."""
    return acb(arb(value)) if isinstance(value, fmpq) else acb(value)


def to_integer(value: Scalar) -> int | None:
    """Return the integer that *value* exactly is, if it is one."""
    if isinstance(value, fmpq):
        return int(value.p) if value.q == 1 else None
    if isinstance(value, arb) and value.is_exact() and abs(value) < LARGEST_WHOLE:
        if not value.is_integer():
            return None
        whole = value.unique_fmpz()
        return None if whole is None else int(whole)
    return None


def sign_of(value: Scalar) -> int:
    """Return -1, 0 or 1, or raise if the ball does not tell."""
    real = to_real(value)
    if real > 0:
        return 1
    if real < 0:
        return -1
    if real == 0:
        return 0
    raise UnresolvedError


def settled(value: Scalar) -> Scalar:
    """Return *value*, or raise if it is not a finite ball."""
    if isinstance(value, fmpq) or value.is_finite():
        return value
    raise UnresolvedError


def reciprocal(value: Scalar) -> Scalar:
    """Return one divided by *value*; zero has none."""
    return divide(ONE, value)


def divide(above: Scalar, below: Scalar) -> Scalar:
    """Return the quotient; it lies outside the domain if *below* is exactly zero."""
    if below == 0:
        raise OutsideError
    if isinstance(below, fmpq):
        return above / below
    if below.contains(0):
        raise UnresolvedError
    return above / below


def logarithm(value: Scalar, plane: Plane) -> Scalar:
    """Return the natural logarithm, principal off the positive axis."""
    if isinstance(value, acb):
        off_cut(value, plane)
        return settled(value.log())
    side = sign_of(value)
    if side > 0:
        return ZERO if value == 1 else settled(to_ball(value).log())
    if side == 0 or plane is Plane.LINE:
        raise OutsideError
    return settled(to_complex(value).log())


def off_cut(value: acb, plane: Plane) -> None:
    """Raise if the logarithm cannot be taken on the whole ball."""
    if value.contains(0):
        raise UnresolvedError
    if plane is Plane.ANALYTIC and not value.real > 0 and value.imag.contains(0):
        raise UnresolvedError


def square_root(value: Scalar, plane: Plane) -> Scalar:
    """Return the principal square root, exact where it is rational."""
    if isinstance(value, fmpq):
        return _root_of_rational(value, plane)
    if isinstance(value, acb):
        if plane is Plane.ANALYTIC:
            off_cut(value, plane)
        return settled(value.sqrt())
    if value >= 0:
        return value.sqrt()
    if value < 0:
        if plane is Plane.LINE:
            raise OutsideError
        return acb(0, (-value).sqrt())
    raise UnresolvedError


def _root_of_rational(value: fmpq, plane: Plane) -> Scalar:
    if value >= 0:
        return _rational_root(value)
    if plane is Plane.LINE:
        raise OutsideError
    return _rational_root(-value) * acb(0, 1)


def _rational_root(value: fmpq) -> Scalar:
    above, below = value.p.isqrt(), value.q.isqrt()
    if above * above == value.p and below * below == value.q:
        return fmpq(above, below)
    return arb(value).sqrt()


def absolute(value: Scalar, plane: Plane) -> Scalar:
    """Return the modulus."""
    if isinstance(value, acb):
        if plane is Plane.ANALYTIC:
            return value if on_right(value) else -value
        return value.real.__abs__() if value.imag.is_zero() else value.__abs__()
    return value.__abs__()


def on_right(value: acb) -> bool:
    """Return whether the whole ball lies right of the imaginary axis, or left."""
    if value.real > 0:
        return True
    if value.real < 0:
        return False
    raise UnresolvedError
