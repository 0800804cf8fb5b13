"""Typed mathematics -> tree: `2x(x+1)`, `sin^2 x`, `|x|`, `√2`, `1/3p`."""

from typing import Final

from grader.maths import calculus, derivatives, grammar, operators
from grader.maths.binding import bind
from grader.maths.identity import settle_identity
from grader.maths.notation import Notation
from grader.maths.parser import APPLICATION, POSTFIX, Parser, Surface, Token
from grader.maths.tree import Apply, Tree


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
        "partial": derivatives.partial,
    },
    infix={
        **grammar.INFIX,
        "chosen": (POSTFIX - 4, _choose),
        **dict.fromkeys(
            ["sum", "integral", "lim", "nabla", "partial"],
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
    if notation.indices:
        tree = bind(tree, notation.indices)
    return settle_identity(tree, tokens, notation)
