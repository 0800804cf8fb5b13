"""What a name may stand for: a set of numbers, or a vector, matrix, function, event."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Final


class Kind(StrEnum):
    """The sorts of things that a name can stand for."""

    REAL = "real"
    COMPLEX = "complex"
    INTEGER = "integer"
    VECTOR = "vector"
    MATRIX = "matrix"
    FUNCTION = "function"
    DENSITY = "density"
    EVENT = "event"
    RANDOM = "random"  # a random variable


class Trait(StrEnum):
    """What is known of a matrix."""

    SYMMETRIC = "symmetric"
    POSITIVE_DEFINITE = "positive definite"
    ORTHOGONAL = "orthogonal"
    DIAGONAL = "diagonal"
    INVERTIBLE = "invertible"


@dataclass(frozen=True, slots=True, kw_only=True)
class Domain:
    """The values that one name may take.

    Bounds of None are infinite; a bound is open unless the field says closed.
    *rows* and *columns* are for vectors and matrices, None where any size will do.
    """

    kind: Kind = Kind.REAL
    low: Fraction | None = None
    high: Fraction | None = None
    low_closed: bool = False
    high_closed: bool = False
    rows: int | None = None
    columns: int | None = None
    traits: frozenset[Trait] = frozenset()

    def holds(self, value: Fraction) -> bool:
        """Return whether the real number *value* lies within the bounds."""
        if self.kind is Kind.INTEGER and value.denominator != 1:
            return False
        above = self.low is None or (
            value >= self.low if self.low_closed else value > self.low
        )
        below = self.high is None or (
            value <= self.high if self.high_closed else value < self.high
        )
        return above and below


ZERO: Final = Fraction(0)
REAL: Final = Domain()
POSITIVE: Final = Domain(low=ZERO)
NEGATIVE: Final = Domain(high=ZERO)
NONNEGATIVE: Final = Domain(low=ZERO, low_closed=True)
INTEGER: Final = Domain(kind=Kind.INTEGER)
NATURAL: Final = Domain(kind=Kind.INTEGER, low=Fraction(1), low_closed=True)
COMPLEX: Final = Domain(kind=Kind.COMPLEX)
VECTOR: Final = Domain(kind=Kind.VECTOR)
MATRIX: Final = Domain(kind=Kind.MATRIX)
FUNCTION: Final = Domain(kind=Kind.FUNCTION)
DENSITY: Final = Domain(kind=Kind.DENSITY)
EVENT: Final = Domain(kind=Kind.EVENT)
RANDOM: Final = Domain(kind=Kind.RANDOM)


def interval(
    low: Fraction | int | None, high: Fraction | int | None, ends: str = "()"
) -> Domain:
    """Return the reals between *low* and *high*; *ends* is written as in `[)`."""
    return Domain(
        low=None if low is None else Fraction(low),
        high=None if high is None else Fraction(high),
        low_closed=ends.startswith("["),
        high_closed=ends.endswith("]"),
    )


def vector(size: int | None = None) -> Domain:
    """Return the column vectors with *size* entries."""
    return Domain(kind=Kind.VECTOR, rows=size, columns=1)


def matrix(
    rows: int | None = None, columns: int | None = None, *traits: Trait
) -> Domain:
    """Return the matrices of a shape, with *traits*."""
    return Domain(
        kind=Kind.MATRIX, rows=rows, columns=columns, traits=frozenset(traits)
    )
