"""Sympy value -> tree, class by class."""

from collections.abc import Callable
from fractions import Fraction
from typing import Final

from grader.maths.bridge.sympy_words import SAME, Foreign, NoSympy
from grader.maths.tree import Apply, Constant, Number, Symbol, Text, Tree, number

_FROM: Final[dict[str, str]] = {
    **{
        name: head
        for head, name in SAME.items()
        if head not in ("listing", "list", "partial")
    },
    "Equality": "eq",
    "Unequality": "ne",
    "StrictLessThan": "lt",
    "LessThan": "le",
    "StrictGreaterThan": "gt",
    "GreaterThan": "ge",
    "log": "ln",
    "ImmutableDenseMatrix": "matrix",
    "MutableDenseMatrix": "matrix",
    "Determinant": "det",
    "Trace": "trace",
    "Transpose": "transpose",
    "Inverse": "inverse",
    "Adjoint": "adjoint",
    "MatAdd": "add",
    "MatMul": "mul",
    "MatPow": "pow",
    "Contains": "in",
}
_FROM_CONSTANTS: Final[dict[str, str]] = {
    "Pi": "pi",
    "Exp1": "e",
    "ImaginaryUnit": "i",
    "Infinity": "oo",
    "ComplexInfinity": "zoo",
    "NaN": "nan",
    "EulerGamma": "euler_gamma",
    "BooleanTrue": "true",
    "BooleanFalse": "false",
    "EmptySet": "empty_set",
    "Naturals": "naturals",
    "Integers": "integers",
    "Rationals": "rationals",
    "Reals": "reals",
    "Complexes": "complexes",
}


def read_value(value: Foreign, sympy: Foreign) -> Tree:
    """Return the tree of a sympy value, a number, a list or a tuple."""
    if isinstance(value, (tuple, list)):
        head = "tuple" if isinstance(value, tuple) else "list"
        return Apply(head, tuple(read_value(item, sympy) for item in value))
    if isinstance(value, (bool, int)):
        return (
            Constant(str(value).lower()) if isinstance(value, bool) else number(value)
        )
    atom = _atom(value, sympy)
    return _compound(value, sympy) if atom is None else atom


def _atom(value: Foreign, sympy: Foreign) -> Tree | None:
    name = type(value).__name__
    if name in _FROM_CONSTANTS:
        return Constant(_FROM_CONSTANTS[name])
    if name == "NegativeInfinity":
        return Apply("neg", (Constant("oo"),))
    if isinstance(value, sympy.Rational):
        return number(Fraction(int(value.p), int(value.q)))
    if isinstance(value, sympy.Float):
        return Number(Fraction(str(value)), str(value))
    if isinstance(value, sympy.Symbol) or name == "MatrixSymbol":
        return Symbol(_canonical(value.name))
    return None


def _canonical(name: str) -> str:
    return "lambda" if name == "lamda" else name


def _compound(value: Foreign, sympy: Foreign) -> Tree:
    name = type(value).__name__
    reader = _READERS.get(name)
    if reader is not None:
        return reader(value, sympy)
    args = tuple(read_value(arg, sympy) for arg in value.args)
    if isinstance(value, sympy.core.function.AppliedUndef):
        return Apply("call", (Symbol(_canonical(value.func.__name__)), *args))
    head = _FROM.get(name)
    if head is None:
        raise NoSympy(name)
    return Apply(head, args)


def _read_matrix(value: Foreign, sympy: Foreign) -> Tree:
    rows = (
        Apply("row", tuple(read_value(cell, sympy) for cell in row))
        for row in value.tolist()
    )
    return Apply("matrix", tuple(rows))


def _read_interval(value: Foreign, sympy: Foreign) -> Tree:
    ends = ("(" if value.left_open else "[") + (")" if value.right_open else "]")
    return Apply(
        "interval",
        (read_value(value.start, sympy), read_value(value.end, sympy), Text(ends)),
    )


def _read_cases(value: Foreign, sympy: Foreign) -> Tree:
    rows = []
    for piece, condition in value.args:
        last = condition == sympy.true
        parts = (piece,) if last else (piece, condition)
        rows.append(Apply("tuple", tuple(read_value(part, sympy) for part in parts)))
    return Apply("cases", tuple(rows))


def _read_log(value: Foreign, sympy: Foreign) -> Tree:
    args = tuple(read_value(arg, sympy) for arg in value.args)
    return Apply("ln" if len(args) == 1 else "log", args)


def _read_limit(value: Foreign, sympy: Foreign) -> Tree:
    body, variable, where, side = value.args
    parts = tuple(read_value(part, sympy) for part in (body, variable, where))
    return Apply("limit", parts if str(side) == "+-" else (*parts, Text(str(side))))


def _read_indexed(value: Foreign, sympy: Foreign) -> Tree:
    indices = (read_value(index, sympy) for index in value.indices)
    return Apply("index", (Symbol(str(value.base.label)), *indices))


def _read_derivative(value: Foreign, sympy: Foreign) -> Tree:
    by: list[Tree] = []
    for variable, count in value.variable_count:
        symbol = read_value(variable, sympy)
        by.append(
            symbol if count == 1 else Apply("tuple", (symbol, read_value(count, sympy)))
        )
    return Apply("derivative", (read_value(value.expr, sympy), *by))


_READERS: Final[dict[str, Callable[[Foreign, Foreign], Tree]]] = {
    "ImmutableDenseMatrix": _read_matrix,
    "MutableDenseMatrix": _read_matrix,
    "Interval": _read_interval,
    "Piecewise": _read_cases,
    "log": _read_log,
    "Limit": _read_limit,
    "Indexed": _read_indexed,
    "Derivative": _read_derivative,
}
