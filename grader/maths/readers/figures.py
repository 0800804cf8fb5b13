"""A number as it was typed -> its significant figures and decimal places."""

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from grader.maths.forms.polynomials import whole_number
from grader.maths.tree import Apply, Number, Tree

DIGITS: Final = re.compile(
    r"(?P<whole>\d*)(?P<point>\.?)(?P<places>\d*)(?:[eE](?P<power>[+-]?\d+))?"
)
TEN: Final = Fraction(10)
FARTHEST_POWER: Final = 4000
"""Far beyond any answer; larger powers of ten only cost time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """A signed decimal and what its digits claim about its precision.

    Trailing zeros of a whole number may or may not be meant: `100` has from one
    to three significant figures, `100.` and `1.00e2` have three.
    """

    value: Fraction
    fewest: int
    most: int
    places: int

    def may_be(self, figures: int) -> bool:
        """Return whether it can be read as given to so many significant figures."""
        return self.fewest <= figures <= self.most


def figures_of(tree: Tree) -> Figures | None:
    """Return the number that *tree* spells out, sign and power of ten included."""
    match tree:
        case Number(value, text):
            return read_figures(text or str(abs(value)), minus=value < 0)
        case Apply("neg", (inner,)):
            return _scaled(figures_of(inner), -1, 0)
        case Apply("add", (inner,)):
            return figures_of(inner)
        case Apply("mul", (mantissa, Apply("pow", (Number(base), exponent)))):
            power = whole_number(exponent)
            if base != TEN or power is None or abs(power) > FARTHEST_POWER:
                return None
            return _scaled(figures_of(mantissa), 1, power)
        case _:
            return None


def read_figures(text: str, *, minus: bool = False) -> Figures | None:
    """Return what a string of digits says, if it is one."""
    match = DIGITS.fullmatch(text.replace("_", ""))
    if match is None or not (match["whole"] or match["places"]):
        return None
    power = int(match["power"] or 0)
    if abs(power) > FARTHEST_POWER:
        return None
    size = int(match["whole"] + match["places"]) * TEN ** (power - len(match["places"]))
    fewest, most = _counted(match["whole"], match["places"], has_point=match["point"])
    return Figures(
        value=-size if minus else size,
        fewest=fewest,
        most=most,
        places=max(len(match["places"]) - power, 0),
    )


def _counted(whole: str, places: str, *, has_point: str) -> tuple[int, int]:
    digits = (whole + places).lstrip("0")
    if not digits:  # zero: its figures are the places that were written
        most = max(len(places), 1)
        return most, most
    most = len(digits)
    return (most if has_point else len(digits.rstrip("0"))), most


def _scaled(figures: Figures | None, sign: int, power: int) -> Figures | None:
    if figures is None:
        return None
    return Figures(
        value=sign * figures.value * TEN**power,
        fewest=figures.fewest,
        most=figures.most,
        places=max(figures.places - power, 0),
    )
