"""Expected number and given number, with a tolerance -> near enough or not."""

import math
import struct
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from flint import arb

from grader.maths.finding import Finding, Truth, unknown

HALF: Final = Fraction(1, 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tolerance:
    """How far a number may lie off: in all, for its size, or in last places.

    The allowed gap is the widest that any of the three gives; *relative* is of the
    expected number, never of the given one, so nobody widens their own target.
    """

    absolute: Fraction = Fraction(0)
    relative: Fraction = Fraction(0)
    ulps: int = 0

    @property
    def exact(self) -> bool:
        """Whether nothing but the number itself will do."""
        return not (self.absolute or self.relative or self.ulps)

    def around(self, expected: Fraction) -> Fraction:
        """Return the largest gap that is allowed around *expected*."""
        last_place = Fraction(math.ulp(float(expected))) if self.ulps else Fraction(0)
        size = abs(expected)
        return max(self.absolute, self.relative * size, self.ulps * last_place)


EXACT: Final = Tolerance()


def near(expected: Fraction, given: Fraction, tolerance: Tolerance) -> bool:
    """Return whether *given* lies within *tolerance* of *expected*."""
    return abs(expected - given) <= tolerance.around(expected)


def compare_balls(expected: arb, given: arb, tolerance: Tolerance) -> Finding:
    """Return whether two enclosed numbers lie within *tolerance* of each other.

    The answer is unknown when the enclosures are too wide to tell.
    """
    if not (expected.is_finite() and given.is_finite()):
        return unknown("not-finite")
    gap = abs(expected - given)
    allowed = _allowed(expected, tolerance)
    if gap <= allowed:
        return Finding(truth=Truth.EQUAL, method="agreed", reason="within-tolerance")
    if gap > allowed:
        return Finding(
            truth=Truth.DIFFERENT,
            method="proved-different",
            reason=_how_far_off(expected, given, allowed),
            expected_value=expected.str(12, radius=False),
            given_value=given.str(12, radius=False),
        )
    return unknown("too-wide")


def _how_far_off(expected: arb, given: arb, allowed: arb) -> str:
    if abs(expected + given) <= allowed:
        return "opposite-sign"
    return "too-far"


def _allowed(expected: arb, tolerance: Tolerance) -> arb:
    absolute, relative = _ball(tolerance.absolute), _ball(tolerance.relative)
    widest = absolute.max(relative * abs(expected))
    if tolerance.ulps:
        last_place = arb(math.ulp(float(expected.mid())))
        widest = widest.max(last_place * tolerance.ulps)
    return widest


def _ball(value: Fraction) -> arb:
    return arb(value.numerator) / value.denominator


def ulps_apart(expected: float, given: float) -> int:
    """Return how many floating-point numbers lie between the two, plus one."""
    return abs(_ordinal(expected) - _ordinal(given))


def _ordinal(value: float) -> int:
    bits: int = struct.unpack("<q", struct.pack("<d", value))[0]
    return bits if bits >= 0 else -(bits & 0x7FFF_FFFF_FFFF_FFFF)


def magnitude(value: Fraction) -> int:
    """Return the power of ten of the leading digit: 2 for 345, -3 for 0.00345."""
    size = abs(value)
    if not size:
        return 0
    guess = len(str(size.numerator)) - len(str(size.denominator))
    return guess if size >= power_of_ten(guess) else guess - 1


def power_of_ten(exponent: int) -> Fraction:
    """Return ten to the *exponent*, exactly."""
    return Fraction(10) ** exponent


def round_to_places(value: Fraction, places: int) -> Fraction:
    """Return *value* to so many decimal places, halves away from zero."""
    scale = power_of_ten(places)
    whole = math.floor(abs(value) * scale + HALF)
    return Fraction(-whole if value < 0 else whole) / scale


def truncate_to_places(value: Fraction, places: int) -> Fraction:
    """Return *value* cut off after so many decimal places."""
    scale = power_of_ten(places)
    return Fraction(math.trunc(value * scale)) / scale


def round_to_figures(value: Fraction, figures: int) -> Fraction:
    """Return *value* to so many significant figures, halves away from zero."""
    return round_to_places(value, figures - 1 - magnitude(value))


def truncate_to_figures(value: Fraction, figures: int) -> Fraction:
    """Return *value* cut off after so many significant figures."""
    return truncate_to_places(value, figures - 1 - magnitude(value))


def agree_to_figures(expected: Fraction, given: Fraction, figures: int) -> bool:
    """Return whether both numbers round to the same so many significant figures."""
    return round_to_figures(expected, figures) == round_to_figures(given, figures)


def agree_to_places(expected: Fraction, given: Fraction, places: int) -> bool:
    """Return whether both numbers round to the same so many decimal places."""
    return round_to_places(expected, places) == round_to_places(given, places)


def same_digits(expected: Fraction, given: Fraction, figures: int) -> bool:
    """Return whether the leading digits agree, wherever the decimal point stands."""
    return _leading(expected, figures) == _leading(given, figures)


def _leading(value: Fraction, figures: int) -> Fraction:
    scaled = value / power_of_ten(magnitude(value))
    return round_to_figures(scaled, figures)


def is_a_rounding(
    expected: Fraction, given: Fraction, places: int, *, truncation: bool = False
) -> bool:
    """Return whether *given* is *expected* rounded (or cut off) at *places*.

    More decimal places than asked for are allowed so long as they are right, too.
    """
    if given == round_to_places(expected, places):
        return True
    return truncation and given == truncate_to_places(expected, places)
