"""Expectations, variances, probabilities and indicators of LaTeX -> tree."""

from typing import Final

from grader.maths.readers.arguments import CLOSER, arguments_in_brackets
from grader.maths.readers.binding import bind
from grader.maths.readers.parser import BRACKET, Parser, Token
from grader.maths.tree import Apply, Symbol, Tree

_PAIR: Final = 2


def expectation(parser: Parser, token: Token) -> Tree:
    r"""Read `\mathbb{E}_{x \sim p}[f(x)]`, and `\mathbb{E} X`."""
    laws = _laws(parser)
    body = _body(parser, token)
    names = [law.args[0].name for law in laws if isinstance(law.args[0], Symbol)]
    return Apply("expectation", (bind(body, names), *laws))


def _laws(parser: Parser) -> list[Apply]:
    if not parser.accept("_"):
        return []
    below = parser.surface.subscript(parser)
    several = isinstance(below, Apply) and below.head == "tuple"
    return [_law(tree) for tree in (below.args if several else (below,))]  # type: ignore[union-attr]


def _law(tree: Tree) -> Apply:
    match tree:
        case Apply("distributed" | "in", (variable, law)):
            return Apply("tuple", (variable, law))
        case _:
            return Apply("tuple", (tree,))


def _body(parser: Parser, token: Token) -> Tree:
    closer = CLOSER.get(parser.peek())
    if closer is None:
        return parser.value(parser.expression(BRACKET), token)
    args = arguments_in_brackets(parser, closer)
    return args[0] if len(args) == 1 else Apply("tuple", tuple(args))


def moment(parser: Parser, token: Token) -> Tree:
    r"""Read `\operatorname{Var}[X]`, `\mathrm{Cov}(X, Y)` and entropies."""
    laws = _laws(parser)
    closer = CLOSER.get(parser.peek())
    if closer is None:
        args = [parser.expression(BRACKET)]
    else:
        args = arguments_in_brackets(parser, closer)
    wanted = _PAIR if token.value == "covariance" else 1
    if len(args) != wanted:
        parser.fail(f"{wanted} argument{'s' if wanted > 1 else ''}", token)
    tree = Apply(token.value, tuple(args))
    if not laws:
        return tree
    if token.value != "variance":
        parser.fail("no subscript here", token)
    return Apply("variance", (*args, *laws))


def probability(parser: Parser, token: Token) -> Tree:
    r"""Read `\mathbb{P}(A \mid B)` and `\Pr[X > 1]`."""
    if parser.accept("_"):
        parser.surface.subscript(parser)
        parser.fail("no subscript here", token)
    closer = CLOSER.get(parser.peek())
    if closer is None:
        parser.fail("a bracket after the probability", token)
    args = arguments_in_brackets(parser, closer)
    event = args[0] if len(args) == 1 else Apply("and", tuple(args))
    return Apply("probability", (event,))


def indicator(parser: Parser, token: Token) -> Tree:
    r"""Read `\mathbb{1}[x > 0]` and `\mathbb{1}_{x > 0}`."""
    if parser.accept("_"):
        return Apply("indicator", (parser.surface.subscript(parser),))
    closer = CLOSER.get(parser.peek())
    if closer is None:
        parser.fail("a bracket after the indicator", token)
    args = arguments_in_brackets(parser, closer)
    return Apply(
        "indicator", (args[0] if len(args) == 1 else Apply("and", tuple(args)),)
    )
