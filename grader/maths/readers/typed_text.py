"""Typed mathematics -> tree: `2x(x+1)`, `sin^2 x`, `|x|`, `√2`, `1/3p`."""

from typing import Final

from grader.maths.deciding.identity import settle_identity
from grader.maths.notation import Notation
from grader.maths.readers import calculus, derivatives, grammar, operators
from grader.maths.readers.assertions import is_statement
from grader.maths.readers.binding import bind
from grader.maths.readers.parser import (
    APPLICATION,
    IFF,
    POSTFIX,
    Parser,
    Surface,
    Token,
)
from grader.maths.readers.rows import settle_rows
from grader.maths.tree import Apply, Tree, symbols_of


def _where(parser: Parser, left: Tree, _token: Token) -> Tree:
    return Apply("where", (left, parser.expression(IFF)))


def _choose(parser: Parser, left: Tree, _token: Token) -> Tree:
    return Apply("binomial", (left, parser.expression(POSTFIX - 4)))


SURFACE: Final = Surface(
    prefix={
        **grammar.PREFIX,
        "sum": calculus.big_sum,
        "integral": calculus.integral,
        "differential": calculus.differential,
        "lim": calculus.limit,
        "nabla": calculus.nabla,
        "extremum": calculus.extremum,
        "partial": derivatives.partial,
    },
    infix={
        **grammar.INFIX,
        "where": (5, _where),
        "chosen": (POSTFIX - 4, _choose),
        **dict.fromkeys(
            ["sum", "integral", "lim", "nabla", "partial", "extremum"],
            (APPLICATION, operators.beside),
        ),
    },
    exponent=operators.typed_exponent,
    subscript=operators.typed_subscript,
)


def parse(text: str, notation: Notation, tokens: list[Token]) -> Tree:
    """Return the tree of the whole text."""
    parser = Parser(text, tokens, notation, SURFACE)
    if tokens[0].kind == "end":
        parser.fail("an answer", tokens[0])
    tree = grammar.whole(parser)
    if any(token.kind == "[" for token in tokens):
        tree = settle_rows(tree)
    if notation.only_declared and is_statement(tree) and not symbols_of(tree):
        parser.fail("a name of the question in this statement", tokens[0])
    if notation.indices:
        tree = bind(tree, notation.indices)
    return settle_identity(tree, tokens, notation)
