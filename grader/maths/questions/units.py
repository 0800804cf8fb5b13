"""Names of units -> what they measure, and how many of the base units they are."""

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Final

Dimensions = tuple[Fraction, ...]
"""Powers of metre, kilogram, second, ampere, kelvin, mole and candela."""

PLAIN: Final[Dimensions] = (Fraction(0),) * 7


@dataclass(frozen=True, slots=True)
class Unit:
    """So many base units, of such dimensions."""

    scale: Fraction
    dimensions: Dimensions


def _unit(scale: str | int, **powers: int) -> Unit:
    order = ("m", "kg", "s", "A", "K", "mol", "cd")
    return Unit(Fraction(scale), tuple(Fraction(powers.get(name, 0)) for name in order))


PREFIXES: Final = {
    "Y": 24, "Z": 21, "E": 18, "P": 15, "T": 12, "G": 9, "M": 6, "k": 3, "h": 2,
    "da": 1, "d": -1, "c": -2, "m": -3, "u": -6, "µ": -6, "μ": -6, "n": -9, "p": -12,
    "f": -15, "a": -18, "z": -21, "y": -24,
}  # fmt: skip
PREFIX_WORDS: Final = {
    "yotta": 24, "zetta": 21, "exa": 18, "peta": 15, "tera": 12, "giga": 9, "mega": 6,
    "kilo": 3, "hecto": 2, "deca": 1, "deka": 1, "deci": -1, "centi": -2, "milli": -3,
    "micro": -6, "nano": -9, "pico": -12, "femto": -15, "atto": -18,
}  # fmt: skip

# symbol, its words, the unit: these take prefixes
SCALED: Final = (
    ("m", "metre meter metres meters", _unit(1, m=1)),
    ("g", "gram gramme grams", _unit("1/1000", kg=1)),
    ("s", "second seconds", _unit(1, s=1)),
    ("A", "ampere amp amperes amps", _unit(1, A=1)),
    ("K", "kelvin", _unit(1, K=1)),
    ("mol", "mole moles", _unit(1, mol=1)),
    ("cd", "candela", _unit(1, cd=1)),
    ("Hz", "hertz", _unit(1, s=-1)),
    ("N", "newton newtons", _unit(1, kg=1, m=1, s=-2)),
    ("Pa", "pascal pascals", _unit(1, kg=1, m=-1, s=-2)),
    ("J", "joule joules", _unit(1, kg=1, m=2, s=-2)),
    ("W", "watt watts", _unit(1, kg=1, m=2, s=-3)),
    ("C", "coulomb coulombs", _unit(1, A=1, s=1)),
    ("V", "volt volts", _unit(1, kg=1, m=2, s=-3, A=-1)),
    ("F", "farad farads", _unit(1, kg=-1, m=-2, s=4, A=2)),
    ("Ohm", "ohm ohms Omega Ω", _unit(1, kg=1, m=2, s=-3, A=-2)),
    ("S", "siemens", _unit(1, kg=-1, m=-2, s=3, A=2)),
    ("Wb", "weber", _unit(1, kg=1, m=2, s=-2, A=-1)),
    ("T", "tesla", _unit(1, kg=1, s=-2, A=-1)),
    ("H", "henry", _unit(1, kg=1, m=2, s=-2, A=-2)),
    ("lm", "lumen", _unit(1, cd=1)),
    ("lx", "lux", _unit(1, cd=1, m=-2)),
    ("Bq", "becquerel", _unit(1, s=-1)),
    ("Gy", "gray", _unit(1, m=2, s=-2)),
    ("Sv", "sievert", _unit(1, m=2, s=-2)),
    ("kat", "katal", _unit(1, mol=1, s=-1)),
    ("l", "L litre liter litres liters", _unit("1/1000", m=3)),
    ("t", "tonne tonnes", _unit(1000, kg=1)),
    ("eV", "electronvolt", _unit("1.602176634e-19", kg=1, m=2, s=-2)),
    ("amu", "dalton", _unit("1.66053906660e-27", kg=1)),
    ("bar", "", _unit(100_000, kg=1, m=-1, s=-2)),
    ("cal", "calorie calories", _unit("4.184", kg=1, m=2, s=-2)),
    ("M", "molar", _unit(1000, mol=1, m=-3)),
    ("dpt", "dioptre diopter", _unit(1, m=-1)),
    ("rad", "radian radians", _unit(1)),
)  # fmt: skip
# these do not
UNSCALED: Final = (
    ("min", "minute minutes", _unit(60, s=1)),
    ("h", "hr hour hours", _unit(3600, s=1)),
    ("day", "days", _unit(86_400, s=1)),
    ("week", "weeks", _unit(604_800, s=1)),
    ("Å", "angstrom angstroms", _unit("1/10000000000", m=1)),
    ("ly", "", _unit("9460730472580800", m=1)),
    ("ha", "hectare", _unit(10_000, m=2)),
    ("au", "AU", _unit(149_597_870_700, m=1)),
    ("atm", "atmosphere atmospheres", _unit(101_325, kg=1, m=-1, s=-2)),
    ("mmHg", "", _unit("133.322387415", kg=1, m=-1, s=-2)),
    ("inch", "inches", _unit("0.0254", m=1)),
    ("ft", "foot feet", _unit("0.3048", m=1)),
    ("yd", "yard yards", _unit("0.9144", m=1)),
    ("mile", "mi miles", _unit("1609.344", m=1)),
    ("lb", "lbs pound pounds", _unit("0.45359237", kg=1)),
    ("oz", "ounce ounces", _unit("0.028349523125", kg=1)),
    ("gal", "gallon gallons", _unit("0.003785411784", m=3)),
    ("mph", "", _unit("0.44704", m=1, s=-1)),
    ("rpm", "", _unit("1/60", s=-1)),
)  # fmt: skip


@lru_cache(maxsize=1)
def units() -> dict[str, Unit]:
    """Return every unit by its symbol and its words, with every prefix."""
    table: dict[str, Unit] = {}
    for symbol, words, unit in SCALED:
        for prefix, power in PREFIXES.items():
            table.setdefault(prefix + symbol, _times(unit, power))
        for word in words.split():
            for prefix, power in PREFIX_WORDS.items():
                table.setdefault(prefix + word, _times(unit, power))
    for symbol, words, unit in (*SCALED, *UNSCALED):
        table.update(dict.fromkeys([symbol, *words.split()], unit))
    for word, power in PREFIX_WORDS.items():
        table.setdefault(word, _times(Unit(Fraction(1), PLAIN), power))
    return table


def _times(unit: Unit, power: int) -> Unit:
    return Unit(unit.scale * Fraction(10) ** power, unit.dimensions)
