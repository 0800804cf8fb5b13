"""The tables that typed mathematics and LaTeX share, and the reading of a whole text."""

from typing import Final

from grader.maths.readers import (
    angles,
    application,
    assertions,
    brackets,
    functions,
    operators,
)
from grader.maths.readers.parser import (
    AND,
    APPLICATION,
    BESIDE,
    BRACKET,
    IFF,
    IMPLIES,
    INTERSECTION,
    OR,
    POSTFIX,
    POWER,
    PRODUCT,
    RELATION,
    SUM,
    UNION,
    Infix,
    Parser,
    Prefix,
    Token,
)
from grader.maths.tree import Apply, Tree

_SINGLE: Final = 1
_PAIR: Final = 2


PREFIX: Final[dict[str, Prefix]] = {
    "num": operators.constant_or_symbol,
    "tree": operators.constant_or_symbol,
    "text": operators.constant_or_symbol,
    "name": application.name,
    "fn": functions.function,
    "call": functions.call,
    "+": operators.sign,
    "-": operators.sign,
    "pm": operators.plus_minus,
    "(": brackets.group,
    "[": brackets.group,
    "]": brackets.open_interval,
    "{": brackets.braces,
    "lbar": brackets.bars,
    "lnorm": brackets.between("norm", "rnorm"),
    "floor(": brackets.between("floor", "floor)"),
    "ceil(": brackets.between("ceil", "ceil)"),
    "not": assertions.negation,
    "rel": assertions.continued,
    "quantifier": assertions.quantified,
    "mod": functions.call,
    "angle": angles.named_angle,
    "radical": operators.radical,
    "fraction": operators.fraction,
}


INFIX: Final[dict[str, tuple[int, Infix]]] = {
    "+": (SUM, operators.total),
    "-": (SUM, operators.total),
    "pm": (SUM, operators.total),
    "*": (PRODUCT, operators.product),
    "/": (PRODUCT, operators.quotient),
    "mod": (PRODUCT, operators.modulo),
    "angle": (PRODUCT, angles.phasor),
    ":": (SUM - 2, operators.ratio),
    "^": (POWER, operators.power),
    "_": (POSTFIX, operators.index),
    "!": (POSTFIX, operators.mark("factorial")),
    "!!": (POSTFIX, operators.mark("factorial2")),
    "%": (POSTFIX, operators.percent),
    "degrees": (POSTFIX, operators.mark("degrees")),
    "'": (POSTFIX, application.primed),
    "rel": (RELATION, assertions.relation),
    "and": (AND, assertions.logic("and", AND)),
    "or": (OR, assertions.logic("or", OR)),
    "xor": (OR, assertions.logic("xor", OR)),
    "implies": (IMPLIES, assertions.arrow("implies", IMPLIES)),
    "iff": (IFF, assertions.arrow("iff", IFF)),
    "quantifier": (IFF - 2, assertions.for_which),
    "union": (UNION, assertions.set_operation(UNION)),
    "cap": (INTERSECTION, assertions.set_operation(INTERSECTION)),
    "compose": (POSTFIX - 2, assertions.arrow("compose", POSTFIX - 2)),
    **dict.fromkeys(
        ["num", "name", "tree", "radical", "fraction"], (BESIDE, operators.beside)
    ),
    **dict.fromkeys(["(", "[", "{", "lbar", "lnorm"], (BRACKET, operators.beside)),
    **dict.fromkeys(["floor(", "ceil("], (BRACKET, operators.beside)),
    **dict.fromkeys(["fn", "call"], (APPLICATION, operators.beside)),
}


def whole(parser: Parser) -> Tree:
    """Read the whole text: one answer, or several with commas and semicolons."""
    rows: list[Tree] = []
    while True:
        rows.append(_row(parser, rows))
        if not parser.accept(";"):
            break
    parser.expect("end", "an operator or the end")
    if len(rows) == _SINGLE:
        return rows[0]
    return Apply("listing", tuple(_as_tuple(row) for row in rows))


def _row(parser: Parser, rows: list[Tree]) -> Tree:
    items = [parser.expression()]
    while parser.peek() == ",":
        comma = parser.advance()
        if parser.peek() in ("and", "or"):
            parser.advance()  # 1, 2, and 3
        items.append(parser.expression())
        if len(items) == _PAIR and parser.peek() == "end" and not rows:
            _refuse_decimal_comma(parser, comma)
    if len(items) == _SINGLE:
        return items[0]
    return Apply("listing", tuple(assertions.named_values(items)))


def _refuse_decimal_comma(parser: Parser, comma: Token) -> None:
    """Refuse `0,5`: it may be a decimal or two answers."""
    place = parser.tokens.index(comma)
    before, after = parser.tokens[place - 1], parser.tokens[place + 1]
    if parser.surface.one_element_sets_group and before.value != "0":
        return  # in LaTeX a decimal comma is written {,}
    if (
        before.kind == after.kind == "num"
        and before.end == comma.start == after.start - 1
    ):
        parser.fail("a decimal point, or a space after the comma", comma)


def _as_tuple(row: Tree) -> Tree:
    if isinstance(row, Apply) and row.head == "listing":
        return Apply("tuple", row.args)
    return row
