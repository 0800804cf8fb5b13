"""Statements and collections, laid out."""

from collections.abc import Sequence
from typing import Final

from grader.maths.printers.layout import Drawing, Layout, Piece
from grader.maths.printers.linear_printing import ATOM, RELATIONS
from grader.maths.readers.parser import (
    INTERSECTION,
    NOT,
    POSTFIX,
    PRODUCT,
    RELATION,
    SUM,
)
from grader.maths.tree import Apply, Text, Tree

_PAIR: Final = 2


def _chain(layout: Layout, args: Sequence[Tree]) -> Piece:
    parts = []
    for arg in args:
        sign = isinstance(arg, Text) and arg.value in RELATIONS
        parts.append(
            layout.ink.sign(arg.value)
            if sign and isinstance(arg, Text)
            else layout.show(arg, RELATION)
        )
    return layout.ink.row(parts), RELATION


def _not(layout: Layout, args: Sequence[Tree]) -> Piece:
    return layout.ink.row(
        [layout.ink.sign("not"), layout.show(args[0], INTERSECTION)]
    ), NOT


def _plus_minus(sign: str) -> Drawing:
    def draw_plus_minus(layout: Layout, args: Sequence[Tree]) -> Piece:
        if len(args) == 1:
            return layout.ink.row(
                [layout.ink.sign(sign), layout.show(args[0], PRODUCT)]
            ), SUM
        return layout.joined(sign, args, SUM)

    return draw_plus_minus


def _tuple(layout: Layout, args: Sequence[Tree]) -> Piece:
    if len(args) <= _PAIR:
        return layout.called("tuple", args)
    return layout.ink.fenced("(", layout.items(args), ")"), ATOM


def _list(layout: Layout, args: Sequence[Tree]) -> Piece:
    if len(args) <= _PAIR:
        return layout.called("list", args)
    return layout.ink.fenced("[", layout.items(args), "]"), ATOM


def _set_builder(layout: Layout, args: Sequence[Tree]) -> Piece:
    element, condition = (layout.show(arg) for arg in args)
    inner = layout.ink.row([element, layout.ink.sign("given"), condition])
    return layout.ink.fenced("{", inner, "}"), ATOM


def _interval(layout: Layout, args: Sequence[Tree]) -> Piece:
    low, high, ends = args
    marks = ends.value if isinstance(ends, Text) else "[]"
    left, right = ("]", "[") if marks == "()" else (marks[0], marks[1])
    return layout.ink.fenced(left, layout.items((low, high)), right), ATOM


def _matrix(layout: Layout, args: Sequence[Tree]) -> Piece:
    rows = [[layout.show(cell) for cell in _cells(row)] for row in args]
    return layout.ink.table(rows, "matrix"), ATOM


def _cells(row: Tree) -> Sequence[Tree]:
    return row.args if isinstance(row, Apply) else (row,)


def _cases(layout: Layout, args: Sequence[Tree]) -> Piece:
    rows = [[layout.show(cell) for cell in _cells(row)] for row in args]
    last = rows[-1]
    if len(last) == 1:
        last.append(layout.ink.words("otherwise"))
    return layout.ink.table(rows, "cases"), ATOM


def _quantity(layout: Layout, args: Sequence[Tree]) -> Piece:
    return layout.ink.row(
        [layout.show(args[0], POSTFIX), layout.show(args[1])]
    ), PRODUCT - 1


def _trailing(words: str) -> Drawing:
    """Draw `a = b for all x`, with the words between."""

    def draw_trailing(layout: Layout, args: Sequence[Tree]) -> Piece:
        left, right = (layout.show(arg, NOT) for arg in args)
        return layout.ink.row([left, layout.ink.words(words), right]), 1

    return draw_trailing


COLLECTIONS: Final[dict[str, Drawing]] = {
    "chain": _chain,
    "not": _not,
    "plus_minus": _plus_minus("plus_minus"),
    "minus_plus": _plus_minus("minus_plus"),
    "tuple": _tuple,
    "list": _list,
    "set_builder": _set_builder,
    "interval": _interval,
    "matrix": _matrix,
    "quantity": _quantity,
    "cases": _cases,
    "where": _trailing("where"),
}
