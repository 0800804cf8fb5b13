"""The marks of Python and sympy, for the printer of lines."""

from collections.abc import Sequence
from typing import Final

from grader.maths.printers.linear_printing import (
    ATOM,
    Line,
    Marks,
    Printed,
    limit,
    matrix,
    over_bounds,
    piecewise,
)
from grader.maths.readers.parser import POSTFIX
from grader.maths.tree import Text, Tree


def _tuple(line: Line, args: Sequence[Tree]) -> Printed:
    comma = "," if len(args) == 1 else ""
    return f"({line.items(args)}{comma})", ATOM


def _list(line: Line, args: Sequence[Tree]) -> Printed:
    return f"[{line.items(args)}]", ATOM


def _set(line: Line, args: Sequence[Tree]) -> Printed:
    return f"{{{line.items(args)}}}", ATOM


_INTERVALS: Final = {
    "[]": "Interval",
    "()": "Interval.open",
    "(]": "Interval.Lopen",
    "[)": "Interval.Ropen",
}


def _interval(line: Line, args: Sequence[Tree]) -> Printed:
    low, high, ends = args
    name = (
        _INTERVALS.get(ends.value, "Interval") if isinstance(ends, Text) else "Interval"
    )
    return line.named(name, (low, high))


def _call(line: Line, args: Sequence[Tree]) -> Printed:
    function, *values = args
    return f"{line.show(function, POSTFIX)}({line.items(values)})", ATOM


_CAPITALS: Final[dict[str, str]] = {
    "eq": "Eq",
    "ne": "Ne",
    "lt": "Lt",
    "le": "Le",
    "gt": "Gt",
    "ge": "Ge",
    "in": "Contains",
    "and": "And",
    "or": "Or",
    "not": "Not",
    "xor": "Xor",
    "implies": "Implies",
    "iff": "Equivalent",
    "abs": "Abs",
    "ceil": "ceiling",
    "max": "Max",
    "min": "Min",
    "ln": "log",
    "mod": "Mod",
    "conj": "conjugate",
    "lngamma": "loggamma",
    "dirac": "DiracDelta",
    "heaviside": "Heaviside",
    "union": "Union",
    "intersection": "Intersection",
    "set_minus": "Complement",
    "symmetric_difference": "SymmetricDifference",
    "lambda": "Lambda",
    "identity": "Identity",
    "variance": "Var",
    "covariance": "Cov",
}

PYTHON: Final = Marks(
    power="**",
    constants={
        "pi": "pi",
        "e": "E",
        "i": "I",
        "oo": "oo",
        "euler_gamma": "EulerGamma",
        "true": "True",
        "false": "False",
        "empty_set": "EmptySet",
        "naturals": "Naturals",
        "integers": "Integers",
        "rationals": "Rationals",
        "reals": "Reals",
        "complexes": "Complexes",
    },
    spare={"e": "S.Exp1", "i": "S.ImaginaryUnit", "pi": "S.Pi", "oo": "S.Infinity"},
    names=_CAPITALS,
    relations={},
    logic={},
    special={
        "tuple": _tuple,
        "list": _list,
        "set": _set,
        "interval": _interval,
        "call": _call,
        "cases": piecewise,
        "matrix": matrix,
        "sum": over_bounds("Sum"),
        "product": over_bounds("Product"),
        "integral": over_bounds("Integral"),
        "expectation": over_bounds("expectation"),
        "derivative": over_bounds("Derivative"),
        "partial": over_bounds("partial_derivative"),
        "limit": limit,
    },
)
