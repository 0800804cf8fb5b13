"""Tree and an ink -> a formula laid out for people, and readable again."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from grader.maths.printers.ink import Ink
from grader.maths.printers.linear_printing import (
    ATOM,
    LOGIC_POWERS,
    RELATIONS,
    decimal,
)
from grader.maths.readers.parser import (
    INTERSECTION,
    POSTFIX,
    POWER,
    PRODUCT,
    RELATION,
    SUM,
    UNION,
)
from grader.maths.tree import Apply, Constant, Number, Symbol, Text, Tree, number

Piece = tuple[str, int]
Drawing = Callable[["Layout", Sequence[Tree]], Piece]
_PAIR: Final = 2

_JOINED: Final[dict[str, int]] = {
    **LOGIC_POWERS,
    "union": UNION,
    "intersection": INTERSECTION,
    "set_minus": UNION,
    "symmetric_difference": UNION,
    "hadamard": PRODUCT,
    "kronecker": PRODUCT,
    "mod": PRODUCT,
}


def lay_out(tree: Tree, ink: Ink, drawings: Mapping[str, Drawing]) -> str:
    """Return *tree* as *ink* draws it, each head by its entry in *drawings*."""
    return Layout(ink, drawings).show(tree)


class Layout:
    """One printing: the ink, and the walk over the tree."""

    __slots__ = ("drawings", "ink")

    def __init__(self, ink: Ink, drawings: Mapping[str, Drawing]) -> None:
        self.ink = ink
        self.drawings = drawings

    def show(self, tree: Tree, floor: int = 0) -> str:
        """Draw *tree*, in brackets unless it binds tighter than *floor*."""
        drawn, power = self.piece(tree)
        return drawn if power > floor else self.ink.fenced("(", drawn, ")")

    def piece(self, tree: Tree) -> Piece:
        """Draw *tree*, and say how tightly it binds."""
        match tree:
            case Number():
                return self._number(tree)
            case Symbol(name):
                return self.ink.name(name), ATOM
            case Constant(name):
                return self.ink.constant(name), ATOM
            case Text(value):
                return self.ink.words(value), ATOM
            case Apply(head, args):
                return self._application(head, args)

    def _number(self, tree: Number) -> Piece:
        digits, power = decimal(tree)
        if power == PRODUCT:
            top, bottom = digits.split("/")
            return self.ink.fraction(
                self.ink.number(top), self.ink.number(bottom)
            ), ATOM
        return self.ink.number(digits), power

    def _application(self, head: str, args: Sequence[Tree]) -> Piece:
        drawing = self.drawings.get(head)
        if drawing is not None:
            drawn = drawing(self, args)
            if drawn[1]:
                return drawn
        if head in RELATIONS and len(args) == _PAIR:
            left, right = (self.show(arg, RELATION) for arg in args)
            return self.ink.row([left, self.ink.sign(head), right]), RELATION
        if head in _JOINED and len(args) > 1:
            return self.joined(head, args, _JOINED[head])
        return self.called(head, args)

    def joined(self, sign: str, args: Sequence[Tree], power: int) -> Piece:
        """Draw *args* with a sign between them."""
        parts: list[str] = []
        for arg in args:
            parts += [self.ink.sign(sign), self.show(arg, power)]
        return self.ink.row(parts[1:]), power

    def called(self, head: str, args: Sequence[Tree]) -> Piece:
        """Draw a known function and its arguments in brackets."""
        inner = self.ink.fenced("(", self.items(args), ")")
        return self.ink.applied(self.ink.function(head), inner), ATOM

    def items(self, args: Sequence[Tree]) -> str:
        """Draw *args* with commas between them."""
        parts: list[str] = []
        for arg in args:
            parts += [self.ink.sign("comma"), self.show(arg)]
        return self.ink.row(parts[1:])

    def given(self, args: Sequence[Tree]) -> str:
        """Draw arguments, with a bar where one is a condition."""
        match args:
            case [Apply("given", (left, right))]:
                bar = self.ink.sign("given")
                return self.ink.row([self._side(left), bar, self._side(right)])
            case _:
                return self.items(args)

    def _side(self, tree: Tree) -> str:
        several = (
            isinstance(tree, Apply) and tree.head == "tuple" and len(tree.args) > 1
        )
        return self.items(tree.args) if several else self.show(tree)  # type: ignore[union-attr]


def _add(layout: Layout, args: Sequence[Tree]) -> Piece:
    if len(args) < _PAIR:
        return "", 0
    first, *rest = args
    neg = isinstance(first, Apply) and first.head == "neg"
    parts = [layout.piece(first)[0] if neg else layout.show(first, SUM)]
    for term in rest:
        match term:
            case Apply("neg", (inner,)):
                parts += [layout.ink.sign("minus"), layout.show(inner, SUM)]
            case _:
                parts += [layout.ink.sign("plus"), layout.show(term, SUM)]
    return layout.ink.row(parts), SUM


def _neg(layout: Layout, args: Sequence[Tree]) -> Piece:
    return layout.ink.row(
        [layout.ink.sign("minus"), layout.show(args[0], PRODUCT)]
    ), SUM


def _mul(layout: Layout, args: Sequence[Tree]) -> Piece:
    if len(args) < _PAIR:
        return "", 0
    parts = [layout.show(arg, PRODUCT) for arg in args]
    if _needs_no_sign(args):
        return layout.ink.row(parts), PRODUCT
    joined = [parts[0]]
    for part in parts[1:]:
        joined += [layout.ink.sign("times"), part]
    return layout.ink.row(joined), PRODUCT


def _needs_no_sign(args: Sequence[Tree]) -> bool:
    r"""Say whether the factors can stand side by side: `2 x y`, `3 \sin(x)`."""
    first, *rest = args
    if not isinstance(first, Number | Symbol | Constant) or first == Symbol("d"):
        return False
    return all(_stands_alone(factor) for factor in rest)


def _stands_alone(tree: Tree) -> bool:
    match tree:
        case Symbol(name):
            return name != "d"
        case Constant():
            return True
        case Apply("pow", (Symbol() | Constant() as base, _)):
            return base != Symbol("d")
        case Apply("sin" | "cos" | "tan" | "exp" | "ln" | "root"):
            return True
        case _:
            return False


def _div(layout: Layout, args: Sequence[Tree]) -> Piece:
    return layout.ink.fraction(layout.show(args[0]), layout.show(args[1])), ATOM


def _pow(layout: Layout, args: Sequence[Tree]) -> Piece:
    base, exponent = args
    fraction = isinstance(base, Apply) and base.head == "div"
    return _raised(layout, base, layout.show(exponent), ATOM if fraction else POSTFIX)


def _raised(layout: Layout, base: Tree, upper: str, floor: int = POSTFIX) -> Piece:
    plain = isinstance(base, Number) and base.value.denominator == 1
    floor = floor if plain or not isinstance(base, Number) else POSTFIX
    return layout.ink.above(layout.show(base, floor), upper), POWER


def _marked(mark: str) -> Drawing:
    def draw_marked(layout: Layout, args: Sequence[Tree]) -> Piece:
        return _raised(layout, args[0], layout.ink.sign(mark))

    return draw_marked


def _root(layout: Layout, args: Sequence[Tree]) -> Piece:
    inner, degree = args
    shown = "" if degree == number(2) else layout.show(degree)
    return layout.ink.root(layout.show(inner), shown), ATOM


def _after(sign: str) -> Drawing:
    def draw_after(layout: Layout, args: Sequence[Tree]) -> Piece:
        named = sign == "percent" and isinstance(args[0], Symbol)
        inner = layout.show(args[0], ATOM if named else POSTFIX)
        return layout.ink.row([inner, layout.ink.sign(sign)]), POSTFIX

    return draw_after


def _between(left: str, right: str) -> Drawing:
    def draw_between(layout: Layout, args: Sequence[Tree]) -> Piece:
        return layout.ink.fenced(left, layout.items(args), right), ATOM

    return draw_between


def _norm(layout: Layout, args: Sequence[Tree]) -> Piece:
    inner = layout.ink.fenced("‖", layout.show(args[0]), "‖")
    if len(args) == 1:
        return inner, ATOM
    return layout.ink.below(inner, layout.show(args[1])), POSTFIX


def _log(layout: Layout, args: Sequence[Tree]) -> Piece:
    value, base = args
    head = layout.ink.below(layout.ink.function("log"), layout.show(base))
    return layout.ink.applied(
        head, layout.ink.fenced("(", layout.show(value), ")")
    ), ATOM


def _binomial(layout: Layout, args: Sequence[Tree]) -> Piece:
    cells = [[layout.show(arg)] for arg in args]
    return layout.ink.table(cells, "binomial"), ATOM


def _call(layout: Layout, args: Sequence[Tree]) -> Piece:
    function, *values = args
    inner = layout.ink.fenced("(", layout.given(values), ")")
    match function:
        case Apply("inverse", (name,)):
            minus = layout.ink.row([layout.ink.sign("minus"), layout.ink.number("1")])
            shown = layout.ink.above(layout.show(name), minus)
        case _:
            shown = layout.show(function, POSTFIX - 1)
    return layout.ink.applied(shown, inner), ATOM


def _prime(layout: Layout, args: Sequence[Tree]) -> Piece:
    function, count = args
    times = int(count.value) if isinstance(count, Number) else 1
    primes = [layout.ink.sign("prime")] * times
    return layout.ink.row([layout.show(function, POSTFIX), *primes]), POSTFIX


def _index(layout: Layout, args: Sequence[Tree]) -> Piece:
    base, *indices = args
    return layout.ink.below(
        layout.show(base, ATOM - 1), layout.items(indices)
    ), POSTFIX + 1


DRAWINGS: Final[dict[str, Drawing]] = {
    "add": _add,
    "neg": _neg,
    "mul": _mul,
    "div": _div,
    "pow": _pow,
    "root": _root,
    "transpose": _marked("transpose"),
    "adjoint": _marked("adjoint"),
    "degrees": _marked("degrees"),
    "factorial": _after("factorial"),
    "percent": _after("percent"),
    "abs": _between("|", "|"),
    "floor": _between("⌊", "⌋"),
    "ceil": _between("⌈", "⌉"),
    "pair_or_interval": _between("(", ")"),
    "set": _between("{", "}"),
    "norm": _norm,
    "log": _log,
    "binomial": _binomial,
    "call": _call,
    "prime": _prime,
    "index": _index,
}
