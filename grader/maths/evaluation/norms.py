"""Vector or matrix -> its norm."""

from flint import acb, arb

from grader.maths.evaluation.matrices import Value, as_matrix
from grader.maths.evaluation.scalars import (
    absolute,
    sign_of,
    square_root,
    to_ball,
    to_real,
)
from grader.maths.evaluation.values import (
    ZERO,
    NotUnderstoodError,
    OutsideError,
    Plane,
    Scalar,
)


def norm(value: Value) -> Scalar:
    """Return Euclid's norm of a vector, Frobenius' of a matrix."""
    squares = (entry * _conjugate(entry) for entry in as_matrix(value).entries)
    return square_root(sum(squares, ZERO), Plane.LINE)


def norm_of_order(value: Value, order: Scalar | None) -> Scalar:
    """Return the norm of a vector to an order, None for infinity.

    Of a matrix these are other norms than its entries': nothing here can tell them.
    """
    whole = as_matrix(value)
    if 1 not in whole.shape:
        raise NotUnderstoodError
    sizes = [absolute(entry, Plane.LINE) for entry in whole.entries]
    if order is None:
        return _largest(sizes)
    if order == 1:
        return sum(sizes, ZERO)
    if order == 2:  # noqa: PLR2004  the usual one
        return norm(value)
    if sign_of(order - 1) < 0:
        raise OutsideError
    power = arb(to_real(order))
    total = sum(((to_ball(size) ** power) for size in sizes), arb(0))
    return total ** (1 / power)


def _largest(entries: list[Scalar]) -> Scalar:
    best = entries[0]
    for entry in entries[1:]:
        best = entry if sign_of(entry - best) > 0 else best
    return best


def _conjugate(entry: Scalar) -> Scalar:
    return entry.conjugate() if isinstance(entry, acb) else entry
