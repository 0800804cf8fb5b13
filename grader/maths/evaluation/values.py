"""The values of trees at a point: exact rationals, real and complex balls, matrices.

A rational stays exact as long as it can; it becomes a ball where a function makes
it irrational or where its digits would grow without bound.
"""

import time
from dataclasses import dataclass, field
from enum import Enum
from fractions import Fraction
from typing import Final

from flint import acb, arb, fmpq

Scalar = fmpq | arb | acb

EXACT_BITS: Final = 1 << 14
"""Rationals longer than this are carried on as balls."""

ZERO: Final = fmpq(0)
ONE: Final = fmpq(1)


class Plane(Enum):
    """Where values live: on the real line, or anywhere in the complex plane.

    `ANALYTIC` is the plane with the demand that a function be holomorphic on the
    whole ball: one that touches a branch cut is unresolved.
    """

    LINE = "line"
    COMPLEX = "complex"
    ANALYTIC = "analytic"


class OutsideError(Exception):
    """A subterm has no value here: the point lies outside its natural domain."""


class ShapeError(OutsideError):
    """Matrices meet whose shapes do not fit."""


class NoCaseError(OutsideError):
    """None of the cases that were written out holds here."""


class NotUnderstoodError(Exception):
    """A subterm has no value that this engine knows how to take."""


class UnresolvedError(Exception):
    """A ball is too wide to tell (a sign, a floor): more precision may help."""


class BudgetError(Exception):
    """The steps or the seconds are used up."""


@dataclass(frozen=True, slots=True)
class Undefined:
    """No value, and why.

    One of `outside-domain`, `no-case`, `shape`, `too-wide`, `too-large`, `budget`,
    `not-understood`.
    """

    reason: str


@dataclass(slots=True)
class Budget:
    """Steps and seconds that are left, counted down inside the loops."""

    steps: int = 400_000
    deadline: float = field(default_factory=lambda: time.monotonic() + 1.5)

    def spend(self, steps: int = 1) -> None:
        """Take *steps* off, and stop when none is left or the time is up."""
        self.steps -= steps
        if self.steps < 0 or time.monotonic() > self.deadline:
            raise BudgetError("budget")


def to_scalar(value: Fraction | int) -> fmpq:
    """Return the exact rational."""
    fraction = Fraction(value)
    return fmpq(fraction.numerator, fraction.denominator)
