"""Digits as they were typed -> exact number."""

import re
from fractions import Fraction
from functools import lru_cache
from typing import Final

from grader.maths.readers.unreadable import DIGITS, EXPONENT
from grader.maths.tree import Number

LIMITS: Final = (
    f"a number of at most {DIGITS} digits and a power of ten of at most {EXPONENT}"
)


REPEATING: Final = re.compile(
    r"(?P<whole>\d*)\.(?P<first>\d*)\\(?:overline|bar|dot)\s*"
    r"(?:\{\s*(?P<period>\d+)\s*\}|(?P<one>\d))"
)


def repeating(match: re.Match[str]) -> Number | None:
    r"""Return the number that `0.1\overline{6}` is, if it is not too long."""
    period = match["period"] or match["one"]
    first = match["first"]
    if len(match[0]) > DIGITS:
        return None
    once = int((match["whole"] + first) or "0")
    again = int(match["whole"] + first + period)
    return Number(Fraction(again - once, 10 ** len(first) * (10 ** len(period) - 1)))


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
