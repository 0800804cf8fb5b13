"""Brackets, braces and bars -> groups, intervals, sets and sizes."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from grader.maths.readers.assertions import is_set
from grader.maths.readers.parser import Parser, Prefix, Token
from grader.maths.tree import Apply, Constant, Symbol, Text, Tree

_SINGLE: Final = 1


_PAIR: Final = 2


def group(parser: Parser, token: Token) -> Tree:
    """Read round or square brackets: a group, a pair, an interval, a list."""
    rows, closer = bracketed(parser, token)
    parser.product = None  # what is in brackets takes no further factors
    items = [item for row in rows for item in row]
    if token.kind == "[" and closer.kind == "]" and _is_matrix(rows):
        return Apply("list", tuple(Apply("list", tuple(row)) for row in rows))
    if len(items) == _SINGLE:
        if closer.kind != CLOSER[token.kind]:
            parser.fail("the closing bracket that belongs to the opening one", closer)
        return items[0]
    ends = token.kind + closer.kind
    if len(items) == _PAIR and ends != "()":
        return _interval_or_list(parser, token, items, ends)
    if closer.kind != CLOSER[token.kind]:
        parser.fail("the closing bracket that belongs to the opening one", closer)
    if token.kind == "[":
        return Apply("list", tuple(_as_lists(items)))
    return Apply("tuple" if len(items) > _PAIR else "pair_or_interval", tuple(items))


def _is_matrix(rows: Sequence[Sequence[Tree]]) -> bool:
    """Return whether these are rows of one length: `[1, 2; 3, 4]`."""
    lengths = {len(row) for row in rows}
    return len(rows) > 1 and len(lengths) == 1 and lengths != {1}


def bracketed(parser: Parser, token: Token) -> tuple[list[list[Tree]], Token]:
    """Read what stands between brackets, and the bracket that closes."""
    if parser.peek() in (")", "]"):
        parser.fail("something between the brackets")
    rows = [[parser.expression()]]
    parser.collect_differentials()
    while parser.peek() in (",", ";"):
        if parser.advance().kind == ";":
            rows.append([])
        rows[-1].append(parser.expression())
    closer = parser.tokens[parser.at]
    if closer.kind not in (")", "]"):
        parser.fail(f"a closing bracket for the one at {token.start + 1}", closer)
    parser.at += 1
    return rows, closer


def _interval_or_list(
    parser: Parser, token: Token, items: Sequence[Tree], ends: str
) -> Tree:
    if ends == "[]" and any(_is_row(item) or is_set(item) for item in items):
        return Apply("list", tuple(_as_lists(items)))
    for item in items:
        parser.value(item, token)
    return Apply("interval", (*items, Text(ends)))


def _is_row(tree: Tree) -> bool:
    match tree:
        case Apply("interval", (_, _, Text("[]"))) | Apply("list"):
            return True
        case _:
            return False


def _as_lists(items: Sequence[Tree]) -> list[Tree]:
    """Turn `[1, 2]` inside another list from an interval into a list."""
    return [
        Apply("list", item.args[:2])
        if isinstance(item, Apply) and item.head == "interval" and _is_row(item)
        else item
        for item in items
    ]


def open_interval(parser: Parser, token: Token) -> Tree:
    """Read `]0, 1[`."""
    outer = parser.surface
    # the bracket that closes looks like one that opens: here it ends the operand
    inside = {kind: rule for kind, rule in outer.infix.items() if kind != "["}
    parser.surface = replace(outer, infix=inside)
    items = [parser.expression()]
    parser.expect(",", "a comma")
    items.append(parser.expression())
    parser.surface = outer
    closer = parser.advance()
    if closer.kind not in ("[", "]"):
        parser.fail("a bracket that ends the interval", token)
    return Apply("interval", (*items, Text("(" + (")" if closer.kind == "[" else "]"))))


def braces(parser: Parser, _token: Token) -> Tree:
    """Read a set, by its elements or by a condition."""
    if parser.accept("}"):
        return Constant("empty_set")
    items = [parser.expression()]
    parser.collect_differentials()
    if parser.peek() in ("mid", ":"):
        parser.advance()
        return _builder(parser, items[0])
    while parser.peek() in (",", ";"):
        parser.advance()
        items.append(parser.expression())
    parser.expect("}", "a closing brace")
    return Apply("set", tuple(items))


def _builder(parser: Parser, element: Tree) -> Tree:
    conditions = [parser.expression()]
    while parser.accept(","):
        conditions.append(parser.expression())
    parser.expect("}", "a closing brace")
    single = len(conditions) == _SINGLE
    condition = conditions[0] if single else Apply("and", tuple(conditions))
    return Apply("set_builder", (element, condition))


def between(head: str, closer: str) -> Prefix:
    """Return the rule for marks around an expression."""

    def read_between(parser: Parser, token: Token) -> Tree:
        inner = parser.value(parser.expression(), token)
        parser.expect(closer, "the other half of this pair of marks")
        return Apply(head, (inner,))

    return read_between


def bars(parser: Parser, _token: Token) -> Tree:
    """Read `|x|`."""
    doubled = parser.peek() == "lbar"
    inner = parser.expression()
    parser.expect("rbar", "a closing bar")
    return size_of(parser, inner, doubled=doubled and parser.peek() == "_")


def size_of(parser: Parser, inner: Tree, *, doubled: bool) -> Tree:
    """Return what bars around *inner* mean: absolute value, determinant or norm."""
    match inner:
        case Apply("abs", (vector,)) if doubled:
            return Apply("norm", (vector,))
        case Apply("matrix"):
            return Apply("det", (inner,))
        case Apply("tuple" | "pair_or_interval"):
            return Apply("norm", (inner,))
        case Symbol(name) if parser.notation.kind_of(name) == "matrix":
            return Apply("det", (inner,))
        case Symbol(name) if parser.notation.kind_of(name) == "vector":
            return Apply("norm", (inner,))
        case _:
            return Apply("abs", (inner,))


CLOSER: Final = {"(": ")", "[": "]", "{": "}"}
