"""Values -> short text, for witnesses: a rational as written, a ball to its digits."""

from typing import Final

from flint import acb, arb, fmpq

from grader.maths.evaluation.matrices import Matrix, Unit, Value
from grader.maths.evaluation.values import Scalar

DIGITS_SHOWN: Final = 10
LONGEST_RATIONAL: Final = 24


def shown(value: Value) -> str:
    """Return *value* as a person would write it down."""
    if isinstance(value, Matrix):
        rows = ("[" + ", ".join(map(_shown, row)) + "]" for row in value.rows)
        return "[" + ", ".join(rows) + "]"
    if isinstance(value, Unit):
        return f"{_shown(value.scale)} I"
    return _shown(value)


def _shown(value: Scalar) -> str:
    if isinstance(value, fmpq):
        exact = str(value)
        return exact if len(exact) <= LONGEST_RATIONAL else _decimal(arb(value))
    if isinstance(value, acb):
        return _complex(value)
    return _decimal(value)


def _decimal(value: arb) -> str:
    text = str(value.mid().str(DIGITS_SHOWN, radius=False))
    if "e" in text or "." not in text:
        return text
    return text.rstrip("0").rstrip(".")


def _complex(value: acb) -> str:
    if value.imag.is_zero():
        return _decimal(value.real)
    imaginary = _decimal(abs(value.imag))
    sign = "-" if value.imag < 0 else "+"
    if value.real.is_zero():
        return f"{'-' if sign == '-' else ''}{imaginary} i"
    return f"{_decimal(value.real)} {sign} {imaginary} i"
