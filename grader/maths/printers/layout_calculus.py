"""Sums, integrals, limits, derivatives and laws of probability, laid out."""

from collections.abc import Sequence
from typing import Final

from grader.maths.printers.layout import Drawing, Layout, Piece
from grader.maths.printers.linear_printing import ATOM
from grader.maths.readers.parser import POSTFIX, POWER, PRODUCT, SUM
from grader.maths.tree import Apply, Number, Symbol, Text, Tree

# a sum goes on to its right, so that only a sum may hold it without brackets
_BIG: Final = SUM + 1
_TERM: Final = PRODUCT - 1
_BOUNDED: Final = 3


def _big_sum(head: str, sign: str) -> Drawing:
    def draw_sum(layout: Layout, args: Sequence[Tree]) -> Piece:
        body, *bounds = args
        if len(bounds) != 1:
            return layout.called(head, args)
        lower, upper = _bounds(layout, bounds[0])
        big = layout.ink.bounded(sign, lower, upper)
        return layout.ink.row([big, layout.show(body, _TERM)]), _BIG

    return draw_sum


def _bounds(layout: Layout, bound: Tree) -> tuple[str, str]:
    parts = bound.args if isinstance(bound, Apply) else (bound,)
    variable = layout.show(parts[0])
    if len(parts) == _BOUNDED:
        equal = layout.ink.sign("eq")
        return layout.ink.row([variable, equal, layout.show(parts[1])]), layout.show(
            parts[2]
        )
    if len(parts) == 1:
        return variable, ""
    return layout.ink.row([variable, layout.ink.sign("in"), layout.show(parts[1])]), ""


def _integral(layout: Layout, args: Sequence[Tree]) -> Piece:
    body, *bounds = args
    parts = bounds[0].args if len(bounds) == 1 and isinstance(bounds[0], Apply) else ()
    if not parts or not isinstance(parts[0], Symbol):
        return layout.called("integral", args)
    limits = [layout.show(part) for part in parts[1:]] + ["", ""]
    big = layout.ink.bounded("integral", limits[0], limits[1])
    space, d = layout.ink.sign("space"), layout.ink.sign("differential")
    inner = layout.show(body, _TERM)
    return layout.ink.row([big, inner, space, d, layout.show(parts[0])]), _BIG


def _limit(layout: Layout, args: Sequence[Tree]) -> Piece:
    body, variable, where, *side = args
    point = layout.show(where)
    if side and isinstance(side[0], Text):
        sign = layout.ink.sign("plus" if side[0].value == "+" else "minus")
        point = layout.ink.above(layout.ink.group(layout.show(where, POSTFIX)), sign)
    arrow = layout.ink.sign("tends_to")
    below = layout.ink.row([layout.show(variable), arrow, point])
    big = layout.ink.bounded("limit", below, "")
    return layout.ink.row([big, layout.show(body, _TERM)]), _BIG


def _derivative(sign: str) -> Drawing:
    def draw_derivative(layout: Layout, args: Sequence[Tree]) -> Piece:
        body, *by = args
        d = layout.ink.sign(sign)
        below: list[str] = []
        total = 0
        for variable in by:
            match variable:
                case Apply("tuple", (symbol, order)):
                    below += [
                        d,
                        layout.ink.above(layout.show(symbol), layout.show(order)),
                    ]
                    total += int(order.value) if isinstance(order, Number) else 0
                case _:
                    below += [d, layout.show(variable)]
                    total += 1
        above = d if total == 1 else layout.ink.above(d, layout.ink.number(str(total)))
        fraction = layout.ink.fraction(above, layout.ink.row(below))
        return layout.ink.row([fraction, layout.show(body, POWER)]), _BIG

    return draw_derivative


def _gradient(layout: Layout, args: Sequence[Tree]) -> Piece:
    body, *by = args
    sign = layout.ink.sign("nabla")
    if by:
        sign = layout.ink.below(sign, layout.show(by[0]))
    return layout.ink.row([sign, layout.show(body, POWER)]), _BIG


def _extremum(head: str, word: str) -> Drawing:
    def draw_extremum(layout: Layout, args: Sequence[Tree]) -> Piece:
        if len(args) == 1:
            return layout.called(head, args)
        big = layout.ink.bounded(word, layout.show(args[1]), "")
        return layout.ink.row([big, layout.show(args[0], _TERM)]), _BIG

    return draw_extremum


def _expectation(layout: Layout, args: Sequence[Tree]) -> Piece:
    body, *laws = args
    sign = layout.ink.sign("expectation")
    if laws:
        sign = layout.ink.below(sign, _laws(layout, laws))
    return layout.ink.applied(
        sign, layout.ink.fenced("[", layout.given([body]), "]")
    ), ATOM


def _laws(layout: Layout, laws: Sequence[Tree]) -> str:
    parts: list[str] = []
    for law in laws:
        pair = law.args if isinstance(law, Apply) else (law,)
        shown = [layout.show(part) for part in pair]
        if len(shown) > 1:
            shown = [shown[0], layout.ink.sign("distributed"), shown[1]]
        parts += [layout.ink.sign("comma"), *shown]
    return layout.ink.row(parts[1:])


def _word(sign: str, left: str = "(", right: str = ")") -> Drawing:
    """Draw a word and its arguments, which may hold a condition."""

    def draw_word(layout: Layout, args: Sequence[Tree]) -> Piece:
        inner = layout.ink.fenced(left, layout.given(args), right)
        return layout.ink.applied(layout.ink.sign(sign), inner), ATOM

    return draw_word


def _divergence(layout: Layout, args: Sequence[Tree]) -> Piece:
    inner = layout.joined("parallel", args, 0)[0]
    return layout.ink.applied(
        layout.ink.sign("kl"), layout.ink.fenced("(", inner, ")")
    ), ATOM


def _variance(layout: Layout, args: Sequence[Tree]) -> Piece:
    if len(args) > 1:
        return layout.called("variance", args)
    return _word("variance")(layout, args)


def _identity(layout: Layout, args: Sequence[Tree]) -> Piece:
    return (
        layout.called("identity", args) if args else (layout.ink.sign("identity"), ATOM)
    )


CALCULUS: Final[dict[str, Drawing]] = {
    "sum": _big_sum("sum", "sum"),
    "product": _big_sum("product", "product"),
    "integral": _integral,
    "limit": _limit,
    "derivative": _derivative("differential"),
    "partial": _derivative("partial"),
    "gradient": _gradient,
    "extremum_max": _extremum("extremum_max", "max"),
    "extremum_min": _extremum("extremum_min", "min"),
    "argmax": _extremum("argmax", "argmax"),
    "argmin": _extremum("argmin", "argmin"),
    "expectation": _expectation,
    "variance": _variance,
    "covariance": _word("covariance"),
    "probability": _word("probability"),
    "indicator": _word("indicator", "[", "]"),
    "normal": _word("normal"),
    "entropy": _word("entropy", "[", "]"),
    "kl": _divergence,
    "identity": _identity,
}
