"""Quantities as a rubric's author writes them: shares, durations, sizes, intervals."""

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated, Final

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema

LONGEST_FRACTION_CHARACTERS: Final = 40  # a share is a few digits; more is a slip
_SECONDS: Final = {"ms": 0.001, "s": 1.0, "min": 60.0, "h": 3600.0}
_BYTES: Final = {
    "kB": 10**3,
    "KiB": 2**10,
    "MB": 10**6,
    "MiB": 2**20,
    "GB": 10**9,
    "GiB": 2**30,
}
_MEASURE: Final = re.compile(r"\s*(\d+(?:\.\d+)?)\s*([A-Za-z]+)\s*")
INTERVAL_PATTERN: Final = r"^\s*[(\[].+,.+[)\]]\s*$"  # for editors; roughly
_INTERVAL: Final = re.compile(r"\s*([(\[])\s*([^,]+),\s*([^,]+?)\s*([)\]])\s*")


def _fraction(value: object) -> object:
    """Read 5, 0.5 and "1/2" exactly; a float goes by the digits that were typed."""
    if isinstance(value, bool) or not isinstance(value, int | float | str | Fraction):
        raise ValueError(  # noqa: TRY004 - pydantic gathers ValueErrors, not TypeErrors
            "this is no number; write one, or a fraction, such as 5, 0.5 or 1/2"
        )
    text = str(value).strip()
    if len(text) > LONGEST_FRACTION_CHARACTERS or "e" in text.lower():
        raise ValueError(
            "this number is too long, or has an exponent; write it out, as 0.5 or 1/2"
        )
    try:
        return Fraction(text)
    except (ValueError, ZeroDivisionError) as error:
        raise ValueError(
            f"{text!r} is no number; write one such as 5, 0.5 or 1/2"
        ) from error


def _nonnegative(value: Fraction) -> Fraction:
    if value < 0:
        raise ValueError("points are never negative; write 0 or more")
    return value


def _share(value: Fraction) -> Fraction:
    if not 0 <= value <= 1:
        raise ValueError("a share lies between 0 and 1; write one such as 0.5 or 1/2")
    return value


def _measure(value: object, units: dict[str, float] | dict[str, int]) -> float:
    found = _MEASURE.fullmatch(value) if isinstance(value, str) else None
    if found is None or found[2] not in units:
        raise ValueError(
            f"the unit is missing or unknown; write a number and one of {', '.join(units)}"
        )
    return float(found[1]) * units[found[2]]


def _seconds(value: object) -> float:
    seconds = (
        value
        if isinstance(value, float) and not isinstance(value, bool)
        else _measure(value, _SECONDS)
    )
    if not seconds > 0:
        raise ValueError("a limit is more than nothing; write a larger one")
    return seconds


def _bytes(value: object) -> int:
    size = (
        value
        if isinstance(value, int) and not isinstance(value, bool)
        else round(_measure(value, _BYTES))
    )
    if size <= 0:
        raise ValueError("a limit is more than nothing; write a larger one")
    return size


_FRACTION_SCHEMA: Final = {
    "anyOf": [
        {"type": "number", "minimum": 0},
        {"type": "string", "pattern": r"^\s*\d+(\.\d+)?(\s*/\s*\d+)?\s*$"},
    ]
}
_AS_TEXT = PlainSerializer(str, return_type=str)

Points = Annotated[
    Fraction,
    BeforeValidator(lambda v: _nonnegative(v) if isinstance(v, Fraction) else v),
    BeforeValidator(_fraction),
    _AS_TEXT,
    WithJsonSchema(_FRACTION_SCHEMA),
]
Share = Annotated[
    Fraction,
    BeforeValidator(lambda v: _share(v) if isinstance(v, Fraction) else v),
    BeforeValidator(_fraction),
    _AS_TEXT,
    WithJsonSchema(_FRACTION_SCHEMA),
]
Seconds = Annotated[
    float,
    BeforeValidator(_seconds),
    WithJsonSchema({"type": "string", "pattern": r"^\d+(\.\d+)?\s*(ms|s|min|h)$"}),
]
Bytes = Annotated[
    int,
    BeforeValidator(_bytes),
    WithJsonSchema(
        {"type": "string", "pattern": r"^\d+(\.\d+)?\s*(kB|KiB|MB|MiB|GB|GiB)$"}
    ),
]


@dataclass(frozen=True, slots=True)
class Interval:
    """A range of reals, each end in or out of it; `-oo` and `oo` are ends, too."""

    low: float
    high: float
    low_closed: bool = False
    high_closed: bool = False

    def __contains__(self, value: float) -> bool:
        above = value >= self.low if self.low_closed else value > self.low
        below = value <= self.high if self.high_closed else value < self.high
        return above and below

    def __str__(self) -> str:
        left = "[" if self.low_closed else "("
        right = "]" if self.high_closed else ")"
        return f"{left}{_end(self.low)}, {_end(self.high)}{right}"


def _end(value: float) -> str:
    return {float("inf"): "oo", float("-inf"): "-oo"}.get(value, f"{value:g}")


def read_interval(value: object) -> object:
    """Read `(0, 0.9)`, `[0, oo)` and the like.

    Raises:
        ValueError: it is no interval, or one with nothing in it.
    """
    if isinstance(value, Interval):
        return value
    found = _INTERVAL.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise ValueError(
            "this is no interval; write one in quotes, such as '(0, 0.9)' or '[0, oo)'"
        )
    ends = [_read_end(found[2]), _read_end(found[3])]
    if not ends[0] < ends[1]:
        raise ValueError("the interval has nothing in it; write the lower end first")
    return Interval(ends[0], ends[1], found[1] == "[", found[4] == "]")


def _read_end(text: str) -> float:
    word = text.strip().lower().replace("oo", "inf").replace("∞", "inf")
    try:
        return float(word)
    except ValueError as error:
        raise ValueError(f"{text.strip()!r} is no end of an interval") from error


Range = Annotated[
    Interval,
    BeforeValidator(read_interval),
    _AS_TEXT,
    WithJsonSchema({"type": "string", "pattern": INTERVAL_PATTERN}),
]
