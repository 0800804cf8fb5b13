"""Tree -> sympy expression, class by class."""

from collections.abc import Callable, Mapping, Sequence
from functools import reduce

from grader.maths.bridge.sympy_words import CONSTANTS, SAME, SETS, Foreign, NoSympy
from grader.maths.tree import Apply, Constant, Number, Symbol, Text, Tree, number


class Writer:
    """One translation into sympy."""

    def __init__(
        self, sympy: Foreign, assumptions: Mapping[str, Mapping[str, bool]]
    ) -> None:
        self.sympy = sympy
        self.assumptions = assumptions

    def write(self, tree: Tree) -> Foreign:
        """Return the sympy value of *tree*."""
        sympy = self.sympy
        match tree:
            case Number(value):
                return sympy.Rational(value.numerator, value.denominator)
            case Symbol(name):
                return sympy.Symbol(name, **self.assumptions.get(name, {}))
            case Constant(name) if name in SETS:
                return getattr(sympy.S, SETS[name])
            case Constant(name):
                return getattr(sympy.S, CONSTANTS[name], None) or getattr(
                    sympy, CONSTANTS[name]
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
        name = SAME.get(head)
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
