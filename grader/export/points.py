"""Exact points -> the decimals that people and platforms read: rounded here, once."""

from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from typing import Final

PLACES: Final = 2
"""What every platform's gradebook keeps; Canvas drops what lies beyond."""

NOT_WHOLE: Final = "The points are those of the parts that are shown here."
"""What is said of a sum where parts are withheld."""


def to_decimal(points: Fraction, *, places: int = PLACES) -> Decimal:
    """Round half up, away from nought: 2.345 is 2.35, as students do by hand.

    Half-even would be fairer on average over many sums, but a total is rounded once and
    read by a person, who expects the schoolbook's answer.
    """
    with localcontext() as context:
        context.prec = 60  # far beyond any sum of points, so that this is no rounding
        scaled = Decimal(points.numerator * 10**places) / Decimal(points.denominator)
        return scaled.quantize(Decimal(1), rounding=ROUND_HALF_UP).scaleb(-places)


def to_text(points: Fraction, *, places: int = PLACES) -> str:
    """Return the shortest decimal that shows *points* rounded: `2.5`, `3`, `0.33`."""
    text = f"{to_decimal(points, places=places):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def to_number(points: Fraction, *, places: int = PLACES) -> float:
    """Return *points*, rounded, for formats that want a JSON number."""
    return float(to_decimal(points, places=places))
