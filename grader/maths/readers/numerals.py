"""Digits as they were typed -> exact number."""

from fractions import Fraction
from functools import lru_cache
from typing import Final

from grader.maths.readers.unreadable import DIGITS, EXPONENT
from grader.maths.tree import Number

LIMITS: Final = (
    f"a number of at most {DIGITS} digits and a power of ten of at most {EXPONENT}"
)


@lru_cache(maxsize=2048)
def numeral(text: str) -> Number | None:
    """Return the number that *text* spells, or None where it is too large to take."""
    if len(text) > DIGITS:
        return None
    mantissa, _, exponent = text.lower().partition("e")
    if exponent and (len(exponent) > len(str(EXPONENT)) + 1):
        return None
    whole, _, decimals = mantissa.partition(".")
    power = (int(exponent) if exponent else 0) - len(decimals)
    if abs(power) > EXPONENT:
        return None
    digits = int(whole + decimals)
    if power >= 0:
        return Number(Fraction(digits * 10**power), text)
    return Number(Fraction(digits, 10**-power), text)
