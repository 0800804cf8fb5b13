"""Plain lists and buffers -> Python values: what a worker makes of its arguments.

The trusted side wrote these lists. Arrays are fresh and writable at every call, so
that a function which changes its input changes a copy; a formula becomes a sympy
expression, built node by node.
"""

import importlib
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any, Final

from grader.sandbox.inside.symbolic import SAME_NAMES

_FUNCTIONS: Final = {
    "ln": "log",
    "abs": "Abs",
    "ceil": "ceiling",
    "conj": "conjugate",
    "lngamma": "loggamma",
    "dirac": "DiracDelta",
    "heaviside": "Heaviside",
    "mod": "Mod",
    "max": "Max",
    "min": "Min",
    "add": "Add",
    "mul": "Mul",
    "pow": "Pow",
    "eq": "Eq",
    "ne": "Ne",
    "lt": "Lt",
    "le": "Le",
    "gt": "Gt",
    "ge": "Ge",
    "and": "And",
    "or": "Or",
    "not": "Not",
    "xor": "Xor",
    "implies": "Implies",
    "iff": "Equivalent",
    "in": "Contains",
    "integral": "Integral",
    "sum": "Sum",
    "product": "Product",
    "derivative": "Derivative",
    "tuple": "Tuple",
    "set": "FiniteSet",
    "list": "Tuple",
    "union": "Union",
    "intersection": "Intersection",
    "set_minus": "Complement",
} | {name: name for name in (*SAME_NAMES, "digamma", "log", "gcd", "lcm")}
_CONSTANTS: Final = {
    "pi": "pi",
    "e": "E",
    "i": "I",
    "oo": "oo",
    "zoo": "zoo",
    "nan": "nan",
    "euler_gamma": "EulerGamma",
    "true": "true",
    "false": "false",
    "empty_set": "EmptySet",
}


class CannotRebuild(Exception):
    """The value has no counterpart in this process."""


def rebuild(plain: list[Any], buffers: Sequence[bytes]) -> Any:  # noqa: ANN401 - any value
    """Return the value that *plain* describes, made afresh.

    Raises:
        CannotRebuild: it has no counterpart here.
    """
    match plain:
        case ["z"]:
            return None
        case ["b" | "s", value]:
            return value
        case ["i", value]:
            return integer(value)
        case ["f", value]:
            return float(value)
        case ["c", real, imaginary]:
            return complex(float(real), float(imaginary))
        case _:
            return _rebuild_box(plain, buffers)


def _rebuild_box(plain: list[Any], buffers: Sequence[bytes]) -> Any:  # noqa: ANN401 - any value
    match plain:
        case ["a", dtype, shape, number]:
            return _array(dtype, shape, buffers[number])
        case ["l", items]:
            return [rebuild(item, buffers) for item in items]
        case ["t", items]:
            return tuple(rebuild(item, buffers) for item in items)
        case ["e", items]:
            return {rebuild(item, buffers) for item in items}
        case ["d", pairs]:
            return {rebuild(k, buffers): rebuild(v, buffers) for k, v in pairs}
        case ["x", nodes]:
            return build_expression(nodes)
        case _:
            raise CannotRebuild(f"a {plain[1]} cannot be handed over")


def integer(value: int | str) -> int:
    """Return an integer that travelled as itself or in hexadecimal."""
    return value if type(value) is int else int(str(value), 16)


def _array(dtype: str, shape: list[int], buffer: bytes) -> Any:  # noqa: ANN401 - an array
    numpy: Any = importlib.import_module("numpy")
    return numpy.frombuffer(buffer, dtype=dtype).reshape(shape).copy()


def build_expression(nodes: list[list[Any]]) -> Any:  # noqa: ANN401 - sympy's
    """Return the sympy expression of a flat list of nodes.

    Raises:
        CannotRebuild: sympy has no counterpart of one of its heads.
    """
    sympy: Any = importlib.import_module("sympy")
    stack: list[Any] = []
    for node in nodes:
        match node:
            case ["n", numerator, denominator, _]:
                value = Fraction(integer(numerator), integer(denominator))
                stack.append(sympy.Rational(value.numerator, value.denominator))
            case ["s", name]:
                stack.append(sympy.Symbol(name))
            case ["k", name]:
                stack.append(_constant(sympy, name))
            case ["w", text]:
                stack.append(text)
            case ["@", head, int(count)]:
                start = len(stack) - count
                arguments = stack[start:]
                stack[start:] = [_apply(sympy, head, arguments)]
            case _:
                raise CannotRebuild("the expression has an unknown node")
    return stack[0]


def _constant(sympy: Any, name: str) -> Any:  # noqa: ANN401 - sympy's
    if name in _CONSTANTS:
        return getattr(sympy, _CONSTANTS[name])
    return getattr(sympy.S, name.capitalize())


def _apply(sympy: Any, head: str, arguments: list[Any]) -> Any:  # noqa: ANN401 - sympy's
    if head in _FUNCTIONS:
        return getattr(sympy, _FUNCTIONS[head])(*arguments)
    special = _SPECIAL.get(head)
    if special is None:
        raise CannotRebuild(f"sympy has no counterpart of {head!r}")
    return special(sympy, *arguments)


def _interval(sympy: Any, low: Any, high: Any, ends: str) -> Any:  # noqa: ANN401 - sympy's
    return sympy.Interval(low, high, ends[0] == "(", ends[1] == ")")


def _cases(sympy: Any, *pairs: Any) -> Any:  # noqa: ANN401 - sympy's
    branches = [(p[0], p[1] if len(p) > 1 else sympy.true) for p in pairs]
    return sympy.Piecewise(*branches)


def _call(sympy: Any, function: Any, *arguments: Any) -> Any:  # noqa: ANN401 - sympy's
    if isinstance(function, sympy.Symbol):
        return sympy.Function(function.name)(*arguments)
    return function(*arguments)


_SPECIAL: Final[dict[str, Callable[..., Any]]] = {
    "neg": lambda _, x: -x,
    "div": lambda _, x, y: x / y,
    "root": lambda s, x, n: s.real_root(x, n) if n != 2 else s.sqrt(x),  # noqa: PLR2004 - a square root is the usual one
    "percent": lambda s, x: x / s.Integer(100),
    "degrees": lambda s, x: x * s.pi / 180,
    "sigmoid": lambda s, x: 1 / (1 + s.exp(-x)),
    "softplus": lambda s, x: s.log(1 + s.exp(x)),
    "relu": lambda s, x: s.Max(0, x),
    "logit": lambda s, x: s.log(x / (1 - x)),
    "call": _call,
    "lambda": lambda s, *args: s.Lambda(tuple(args[:-1]), args[-1]),
    "index": lambda s, base, *i: s.IndexedBase(base.name)[tuple(i)],
    "limit": lambda s, body, x, at, side="+-": s.Limit(body, x, at, side),
    "interval": _interval,
    "cases": _cases,
    "row": lambda _, *cells: list(cells),
    "matrix": lambda s, *rows: s.Matrix(list(rows)),
    "transpose": lambda _, m: m.T,
    "adjoint": lambda _, m: m.H,
    "inverse": lambda _, m: m.inv() if hasattr(m, "inv") else 1 / m,
    "det": lambda _, m: m.det(),
    "trace": lambda _, m: m.trace(),
    "identity": lambda s, n: s.eye(n),
    "norm": lambda _, m: m.norm(),
    "dot": lambda _, *m: m[0] * m[1],
}
