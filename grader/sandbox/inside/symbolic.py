"""sympy value -> flat list of nodes over an allow-list of heads, in postorder.

A node is `[n, numerator, denominator, text]`, `[s, name]`, `[k, constant]`, `[w, text]`
or `[@, head, number of arguments]`. Flat, so that no depth of nesting can exhaust
a stack on either side. Runs beside student code; sympy is looked up, never imported.
"""

from collections.abc import Callable
from fractions import Fraction
from typing import Any, Final

from grader.sandbox.plain import (
    DEEPEST_TREE,
    MOST_INTEGER_BITS,
    MOST_NAME_CHARACTERS,
    MOST_NODES,
    number_node,
)
from grader.sandbox.wire import TooLarge

SAME_NAMES: Final = (
    *("exp", "sign", "floor", "re", "im", "arg"),
    *("sin", "cos", "tan", "cot", "sec", "csc"),
    *("asin", "acos", "atan", "acot", "asec", "acsc", "atan2"),
    *("sinh", "cosh", "tanh", "coth", "sech", "csch"),
    *("asinh", "acosh", "atanh", "acoth", "asech", "acsch"),
    *("gamma", "polygamma", "erf", "erfc", "erfinv", "zeta", "beta"),
    *("factorial", "factorial2", "binomial"),
)
"""Functions that sympy and our trees call the same."""

_SAME_ORDER: Final = {
    "Add": "add",
    "Mul": "mul",
    "Pow": "pow",
    "MatAdd": "add",
    "MatMul": "mul",
    "MatPow": "pow",
    "HadamardProduct": "hadamard",
    "log": "ln",
    "Abs": "abs",
    "ceiling": "ceil",
    "conjugate": "conj",
    "loggamma": "lngamma",
    "DiracDelta": "dirac",
    "Mod": "mod",
    "Max": "max",
    "Min": "min",
    "Equality": "eq",
    "Unequality": "ne",
    "StrictLessThan": "lt",
    "LessThan": "le",
    "StrictGreaterThan": "gt",
    "GreaterThan": "ge",
    "And": "and",
    "Or": "or",
    "Not": "not",
    "Xor": "xor",
    "Implies": "implies",
    "Equivalent": "iff",
    "Contains": "in",
    "Integral": "integral",
    "Sum": "sum",
    "Product": "product",
    "Tuple": "tuple",
    "FiniteSet": "set",
    "Union": "union",
    "Intersection": "intersection",
    "Complement": "set_minus",
    "Transpose": "transpose",
    "Adjoint": "adjoint",
    "Inverse": "inverse",
    "Determinant": "det",
    "Trace": "trace",
    "Identity": "identity",
    "KroneckerProduct": "kronecker",
} | {name: name for name in SAME_NAMES}
_CONSTANTS: Final = {
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
_RATIONALS: Final = {"Integer", "Rational", "Zero", "One", "NegativeOne", "Half"}


class NotTaken(Exception):
    """The expression has something in it that has no head in our trees."""


class _Made:
    """An inner node that sympy has no object for."""

    __slots__ = ("arguments", "head")

    def __init__(self, head: str, *arguments: Any) -> None:  # noqa: ANN401 - sympy's
        self.head = head
        self.arguments = arguments


def encode_symbolic(value: object) -> list[list[Any]] | None:
    """Return the nodes of a sympy value or a decimal; None for anything else.

    Raises:
        NotTaken: it holds something that our trees have no head for.
        TooLarge: it has too many nodes.
    """
    kind = type(value)
    module = str(getattr(kind, "__module__", ""))
    if module == "decimal" and kind.__name__ == "Decimal":
        return [_decimal_node(str(value))]
    is_function = type(kind).__name__ == "UndefinedFunction"
    if not (module.startswith("sympy.") or is_function) or isinstance(value, type):
        return None
    return _flatten(value)


def _flatten(root: object) -> list[list[Any]]:
    """Walk *root* without recursion: children first, then their head."""
    nodes: list[list[Any]] = []
    stack: list[tuple[Any, int]] = [(root, 0)]
    while stack:
        item, depth = stack.pop()
        if len(nodes) + len(stack) > MOST_NODES or depth > DEEPEST_TREE:
            raise TooLarge("the expression is too large")
        if type(item) is list:
            nodes.append(item)
            continue
        shape = item if isinstance(item, _Made) else _shape(item)
        if isinstance(shape, list):
            nodes.append(shape)
            continue
        if len(shape.arguments) > MOST_NODES:
            raise TooLarge("the expression is too large")
        stack.append((["@", shape.head, len(shape.arguments)], depth))
        stack.extend((a, depth + 1) for a in reversed(shape.arguments))
    return nodes


def _shape(value: Any) -> list[Any] | _Made:  # noqa: ANN401 - sympy's
    """Return a finished leaf, or a head with its arguments."""
    kind = type(value)
    name = kind.__name__
    if type(kind).__name__ == "UndefinedFunction":
        return _Made("call", _symbol(name), *value.args)
    if kind is int:
        return number_node(Fraction(value))
    if not str(kind.__module__).startswith("sympy."):
        raise NotTaken(f"a {name[:60]} inside an expression")
    if name in _RATIONALS:
        return number_node(Fraction(int(value.p), int(value.q)))
    if name in _CONSTANTS:
        return ["k", _CONSTANTS[name]]
    if name in _SAME_ORDER:
        return _Made(_SAME_ORDER[name], *value.args)
    special = _SPECIAL.get(name)
    if special is None:
        raise NotTaken(f"a sympy {name[:60]} inside an expression")
    return special(value)


def _symbol(name: object) -> list[Any]:
    text = str(name)
    if len(text) > MOST_NAME_CHARACTERS:
        raise TooLarge("a symbol's name is too long")
    return ["s", text]


def _decimal_node(text: str) -> list[Any]:
    """Return the node of a decimal, told exactly by its digits."""
    word = text.lower().lstrip("+-")
    if word in {"inf", "infinity", "nan", "snan", "oo", "zoo"}:
        return ["k", {"i": "oo", "o": "oo"}.get(word[0], "nan")]
    exponent = word.partition("e")[2] or "0"
    if len(word) > MOST_NAME_CHARACTERS or abs(int(exponent)) > MOST_INTEGER_BITS // 4:
        raise TooLarge("a number is too large")
    return number_node(Fraction(text), text)


def _float(value: Any) -> list[Any]:  # noqa: ANN401 - sympy's
    if not value.is_finite:
        raise NotTaken("a number that is not finite")
    short = repr(float(value)) if value._prec == 53 else str(value)  # noqa: SLF001, PLR2004 - 53 bits are a double
    if short in {"inf", "-inf"} or (float(short) == 0.0 and value != 0):
        short = str(value)
    return _decimal_node(short)


def _matrix(value: Any) -> _Made:  # noqa: ANN401 - sympy's
    rows, columns = value.shape
    if rows * columns > MOST_NODES:
        raise TooLarge("a matrix has too many cells")
    cells = value.tolist()
    return _Made("matrix", *[_Made("row", *row) for row in cells])


def _derivative(value: Any) -> _Made:  # noqa: ANN401 - sympy's
    body, *steps = value.args
    once = [s[0] if s[1] == 1 else s for s in steps]
    return _Made("derivative", body, *once)


def _limit(value: Any) -> _Made:  # noqa: ANN401 - sympy's
    body, symbol, where, side = value.args
    sides = [["w", str(side)]] if str(side) in "+-" else []
    return _Made("limit", body, symbol, where, *sides)


def _cases(value: Any) -> _Made:  # noqa: ANN401 - sympy's
    pairs = [
        _Made("tuple", pair[0])
        if type(pair[1]).__name__ == "BooleanTrue"
        else _Made("tuple", pair[0], pair[1])
        for pair in value.args
    ]
    return _Made("cases", *pairs)


def _interval(value: Any) -> _Made:  # noqa: ANN401 - sympy's
    ends = ("(" if value.left_open else "[") + (")" if value.right_open else "]")
    return _Made("interval", value.start, value.end, ["w", ends])


def _negative_infinity(_: object) -> _Made:
    return _Made("neg", ["k", "oo"])


_SPECIAL: Final[dict[str, Callable[[Any], list[Any] | _Made]]] = {
    "Symbol": lambda v: _symbol(v.name),
    "Dummy": lambda v: _symbol(v.name),
    "MatrixSymbol": lambda v: _symbol(v.name),
    "IndexedBase": lambda v: _symbol(v.label),
    "Idx": lambda v: _symbol(v.label),
    "Str": lambda v: _symbol(v.name),
    "Float": _float,
    "NegativeInfinity": _negative_infinity,
    "Heaviside": lambda v: _Made("heaviside", v.args[0]),
    "ImmutableDenseMatrix": _matrix,
    "MutableDenseMatrix": _matrix,
    "ImmutableSparseMatrix": _matrix,
    "MutableSparseMatrix": _matrix,
    "MatrixElement": lambda v: _Made("index", *v.args),
    "Indexed": lambda v: _Made("index", *v.args),
    "Derivative": _derivative,
    "Limit": _limit,
    "Piecewise": _cases,
    "Interval": _interval,
    "Lambda": lambda v: _Made("lambda", *v.variables, v.expr),
    "Subs": lambda v: _Made("call", _Made("lambda", *v.variables, v.expr), *v.point),
    "ZeroMatrix": lambda v: _Made("zeros", *v.shape),
    "OneMatrix": lambda v: _Made("ones", *v.shape),
}
