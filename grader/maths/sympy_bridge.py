"""Tree -> sympy expression and back; sympy is imported when one of them is called.

Every number, name and constant is made by its own class: no text is given to sympy,
since sympy would evaluate it.
"""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import reduce
from typing import Any, Final

from grader.maths.names import each
from grader.maths.tree import Apply, Constant, Number, Symbol, Text, Tree, number

# sympy comes without types: its values and the module itself
Foreign = Any


class NoSympy(Exception):
    """This part of the tree has no counterpart in sympy: *head* says which."""

    def __init__(self, head: str) -> None:
        super().__init__(head)
        self.head = head


# head -> the name of sympy's class or function that takes the same arguments
_SAME: Final[dict[str, str]] = {
    **{
        name: name
        for name in each(
            "exp sign re im arg sin cos tan cot sec csc asin acos atan acot asec acsc "
            "sinh cosh tanh coth sech csch asinh acosh atanh acoth asech acsch atan2 "
            "gamma digamma zeta erf erfc erfinv beta polygamma factorial factorial2 "
            "binomial log"
        )
    },
    "ln": "log",
    "abs": "Abs",
    "floor": "floor",
    "ceil": "ceiling",
    "conj": "conjugate",
    "lngamma": "loggamma",
    "heaviside": "Heaviside",
    "dirac": "DiracDelta",
    "max": "Max",
    "min": "Min",
    "mod": "Mod",
    "add": "Add",
    "mul": "Mul",
    "pow": "Pow",
    "root": "real_root",
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
    "tuple": "Tuple",
    "list": "Tuple",
    "listing": "Tuple",
    "set": "FiniteSet",
    "union": "Union",
    "intersection": "Intersection",
    "set_minus": "Complement",
    "symmetric_difference": "SymmetricDifference",
    "sum": "Sum",
    "product": "Product",
    "integral": "Integral",
    "derivative": "Derivative",
    "partial": "Derivative",
    "det": "det",
    "trace": "trace",
}
_CONSTANTS: Final[dict[str, str]] = {
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
_SETS: Final[dict[str, str]] = {
    "naturals": "Naturals",
    "integers": "Integers",
    "rationals": "Rationals",
    "reals": "Reals",
    "complexes": "Complexes",
}


def to_sympy(
    tree: Tree, assumptions: Mapping[str, Mapping[str, bool]] | None = None
) -> Foreign:
    """Return the sympy expression of *tree*; *assumptions* are by name of symbol."""
    import sympy  # noqa: PLC0415 - half a second, and only where it is needed

    return _Writer(sympy, assumptions or {}).write(tree)


class _Writer:
    """One translation into sympy."""

    def __init__(
        self, sympy: Foreign, assumptions: Mapping[str, Mapping[str, bool]]
    ) -> None:
        self.sympy = sympy
        self.assumptions = assumptions

    def write(self, tree: Tree) -> Foreign:
        sympy = self.sympy
        match tree:
            case Number(value):
                return sympy.Rational(value.numerator, value.denominator)
            case Symbol(name):
                return sympy.Symbol(name, **self.assumptions.get(name, {}))
            case Constant(name) if name in _SETS:
                return getattr(sympy.S, _SETS[name])
            case Constant(name):
                return getattr(sympy.S, _CONSTANTS[name], None) or getattr(
                    sympy, _CONSTANTS[name]
                )
            case Text(value):
                return sympy.Symbol(value)
            case Apply(head, args):
                return self._apply(head, args)

    def _apply(self, head: str, args: Sequence[Tree]) -> Foreign:
        special: Callable[[Sequence[Tree]], Foreign] | None = getattr(
            self, f"_{head}", None
        )
        if special is not None:
            return special(args)
        name = _SAME.get(head)
        if name is None:
            raise NoSympy(head)
        return getattr(self.sympy, name)(*[self.write(arg) for arg in args])

    def _neg(self, args: Sequence[Tree]) -> Foreign:
        return -self.write(args[0])

    def _div(self, args: Sequence[Tree]) -> Foreign:
        return self.write(args[0]) / self.write(args[1])

    def _mul(self, args: Sequence[Tree]) -> Foreign:
        product = self.write(args[0]) if args else self.sympy.Integer(1)
        for arg in args[1:]:
            product = product * self.write(arg)
        return product

    def _add(self, args: Sequence[Tree]) -> Foreign:
        total = self.write(args[0]) if args else self.sympy.Integer(0)
        for arg in args[1:]:
            total = total + self.write(arg)
        return total

    def _pow(self, args: Sequence[Tree]) -> Foreign:
        return self.write(args[0]) ** self.write(args[1])

    def _root(self, args: Sequence[Tree]) -> Foreign:
        if args[1] == number(2):
            return self.sympy.sqrt(self.write(args[0]))
        return self.write(args[0]) ** (1 / self.write(args[1]))

    def _gcd(self, args: Sequence[Tree]) -> Foreign:
        return reduce(self.sympy.gcd, [self.write(arg) for arg in args])

    def _lcm(self, args: Sequence[Tree]) -> Foreign:
        return reduce(self.sympy.lcm, [self.write(arg) for arg in args])

    def _percent(self, args: Sequence[Tree]) -> Foreign:
        return self.write(args[0]) / 100

    def _degrees(self, args: Sequence[Tree]) -> Foreign:
        return self.write(args[0]) * self.sympy.pi / 180

    def _sigmoid(self, args: Sequence[Tree]) -> Foreign:
        return 1 / (1 + self.sympy.exp(-self.write(args[0])))

    def _call(self, args: Sequence[Tree]) -> Foreign:
        match args:
            case [Symbol(name), *values]:
                return self.sympy.Function(name)(
                    *[self.write(value) for value in values]
                )
            case _:
                raise NoSympy("call")

    def _index(self, args: Sequence[Tree]) -> Foreign:
        match args:
            case [Symbol(name), *indices]:
                base = self.sympy.IndexedBase(name)
                return base[tuple(self.write(index) for index in indices)]
            case _:
                raise NoSympy("index")

    def _matrix(self, args: Sequence[Tree]) -> Foreign:
        rows = [[self.write(cell) for cell in row.args] for row in args]  # type: ignore[union-attr]
        return self.sympy.ImmutableMatrix(rows)

    def _transpose(self, args: Sequence[Tree]) -> Foreign:
        return self.sympy.transpose(self.write(args[0]))

    def _adjoint(self, args: Sequence[Tree]) -> Foreign:
        return self.sympy.adjoint(self.write(args[0]))

    def _inverse(self, args: Sequence[Tree]) -> Foreign:
        return self.write(args[0]) ** -1

    def _interval(self, args: Sequence[Tree]) -> Foreign:
        low, high, ends = args
        text = ends.value if isinstance(ends, Text) else "[]"
        return self.sympy.Interval(
            self.write(low), self.write(high), text[0] == "(", text[1] == ")"
        )

    def _pair_or_interval(self, args: Sequence[Tree]) -> Foreign:
        return self.sympy.Tuple(*[self.write(arg) for arg in args])

    def _cases(self, args: Sequence[Tree]) -> Foreign:
        pieces = []
        for row in args:
            value, *condition = row.args  # type: ignore[union-attr]
            true = self.sympy.true
            pieces.append(
                (self.write(value), self.write(condition[0]) if condition else true)
            )
        return self.sympy.Piecewise(*pieces)

    def _limit(self, args: Sequence[Tree]) -> Foreign:
        body, variable, where, *side = args
        direction = side[0].value if side and isinstance(side[0], Text) else "+-"
        return self.sympy.Limit(
            self.write(body), self.write(variable), self.write(where), direction
        )

    def _identity(self, args: Sequence[Tree]) -> Foreign:
        if len(args) != 1:
            raise NoSympy("identity")
        return self.sympy.eye(self.write(args[0]))


_FROM: Final[dict[str, str]] = {
    **{
        name: head
        for head, name in _SAME.items()
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


def from_sympy(value: Foreign) -> Tree:
    """Return the tree of a sympy *value*, of any class that the tree has a word for."""
    import sympy  # noqa: PLC0415 - half a second, and only where it is needed

    return _read(value, sympy)


def _read(value: Foreign, sympy: Foreign) -> Tree:
    if isinstance(value, (tuple, list)):
        head = "tuple" if isinstance(value, tuple) else "list"
        return Apply(head, tuple(_read(item, sympy) for item in value))
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
    args = tuple(_read(arg, sympy) for arg in value.args)
    if isinstance(value, sympy.core.function.AppliedUndef):
        return Apply("call", (Symbol(_canonical(value.func.__name__)), *args))
    head = _FROM.get(name)
    if head is None:
        raise NoSympy(name)
    return Apply(head, args)


def _read_matrix(value: Foreign, sympy: Foreign) -> Tree:
    rows = (
        Apply("row", tuple(_read(cell, sympy) for cell in row))
        for row in value.tolist()
    )
    return Apply("matrix", tuple(rows))


def _read_interval(value: Foreign, sympy: Foreign) -> Tree:
    ends = ("(" if value.left_open else "[") + (")" if value.right_open else "]")
    return Apply(
        "interval", (_read(value.start, sympy), _read(value.end, sympy), Text(ends))
    )


def _read_cases(value: Foreign, sympy: Foreign) -> Tree:
    rows = []
    for piece, condition in value.args:
        last = condition == sympy.true
        parts = (piece,) if last else (piece, condition)
        rows.append(Apply("tuple", tuple(_read(part, sympy) for part in parts)))
    return Apply("cases", tuple(rows))


def _read_log(value: Foreign, sympy: Foreign) -> Tree:
    args = tuple(_read(arg, sympy) for arg in value.args)
    return Apply("ln" if len(args) == 1 else "log", args)


def _read_limit(value: Foreign, sympy: Foreign) -> Tree:
    body, variable, where, side = value.args
    parts = tuple(_read(part, sympy) for part in (body, variable, where))
    return Apply("limit", parts if str(side) == "+-" else (*parts, Text(str(side))))


def _read_indexed(value: Foreign, sympy: Foreign) -> Tree:
    indices = (_read(index, sympy) for index in value.indices)
    return Apply("index", (Symbol(str(value.base.label)), *indices))


def _read_derivative(value: Foreign, sympy: Foreign) -> Tree:
    by: list[Tree] = []
    for variable, count in value.variable_count:
        symbol = _read(variable, sympy)
        by.append(
            symbol if count == 1 else Apply("tuple", (symbol, _read(count, sympy)))
        )
    return Apply("derivative", (_read(value.expr, sympy), *by))


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
