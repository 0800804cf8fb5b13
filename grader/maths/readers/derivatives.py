r"""`\frac{d^2 y}{dx^2}`, `\frac{\partial f}{\partial x}`, `dy/dx` -> derivative."""

from fractions import Fraction
from typing import Final

from grader.maths.readers.arguments import arguments_in_brackets
from grader.maths.readers.parser import BESIDE, PRODUCT, Parser, Token
from grader.maths.tree import Apply, Number, Symbol, Tree

_HEADS: Final = {"name": "derivative", "partial": "partial"}


def derivative_fraction(parser: Parser) -> Tree | None:
    """Read the fraction ahead as a derivative, if its halves begin with d or ∂."""
    at, tokens = parser.at, parser.tokens
    if tokens[at].kind != "{{":
        return None
    middle = parser.bracket_end(at)
    if middle + 1 >= len(tokens) or tokens[middle + 1].kind != "{{":
        return None
    sign = _sign(parser, tokens[at + 1])
    if sign is None or _sign(parser, tokens[middle + 2]) != sign:
        return None
    if not _is_denominator(parser, middle + 2, parser.bracket_end(middle + 1)):
        return None
    parser.at = at + 2
    order = _order_above(parser)
    body = None
    if parser.peek() != "}}":
        body = parser.expression()
    parser.expect("}}", "a closing brace")
    parser.expect("{{", "an opening brace")
    by = _denominator(parser)
    parser.expect("}}", "a closing brace")
    if order is not None and not _has_order(by, order):
        parser.fail("the same order above the line and below it", tokens[at + 1])
    return Apply(_HEADS[sign], (_behind(parser) if body is None else body, *by))


def _behind(parser: Parser) -> Tree:
    """Read what stands behind the fraction: `d/dx f`."""
    if parser.peek() == "+":
        parser.fail("what is differentiated")
    return parser.expression(PRODUCT)


def _sign(parser: Parser, token: Token) -> str | None:
    if token.kind == "partial":
        return "partial"
    if token.kind == "differential":
        return "name"
    is_d = (
        token.kind == "name" and token.value == "d" and isinstance(token.tree, Symbol)
    )
    return "name" if is_d and "d" not in parser.notation.names else None


def _is_denominator(parser: Parser, start: int, end: int) -> bool:
    """Say whether the tokens are `dx`, `dx^2`, `dx dy` or `∂f(x)`, and nothing else."""
    kinds: list[str] = []
    while start < end:
        kind = parser.tokens[start].kind
        if kind == "(" and kinds[-1:] == ["name"]:
            start = parser.bracket_end(start)
        else:
            kinds.append(kind)
        start += 1
    allowed = {"name", "partial", "differential", "^", "num", "_", "sub", "{{", "}}"}
    allowed.add("accent")
    return len(kinds) + (kinds[0] == "differential") > 1 and set(kinds) <= allowed


def _order_above(parser: Parser) -> Tree | None:
    """Read the order above the line, which the denominator has to say, too."""
    return parser.surface.exponent(parser) if parser.accept("^") else None


def _has_order(by: list[Tree], order: Tree) -> bool:
    """Return whether the orders of all variables make up *order*, if all are numbers."""
    found = Fraction(0)
    for variable in by:
        match variable:
            case Apply("tuple", (_, Number(times))):
                found += times
            case Apply("tuple", _):
                return True
            case _:
                found += 1
    return not isinstance(order, Number) or found == order.value


def _denominator(parser: Parser) -> list[Tree]:
    by: list[Tree] = []
    while parser.peek() != "}}":
        token = parser.advance()
        if token.kind == "differential":
            variable: Tree = token.tree or Symbol(token.value)
        else:
            if _sign(parser, token) is None:
                parser.fail("d or ∂ before each variable", token)
            if parser.peek() == "differential":
                parser.fail("a variable")
            variable = _variable(parser)
        if parser.accept("^"):
            order = parser.surface.exponent(parser)
            by.append(Apply("tuple", (variable, order)))
        else:
            by.append(variable)
    return by


def _variable(parser: Parser, *, called: bool = True) -> Tree:
    if parser.peek() == "accent":
        return parser.operand("a variable")
    token = parser.expect("name", "a variable")
    name = token.tree.name if isinstance(token.tree, Symbol) else token.value
    if parser.peek() == "_":
        parser.advance()
        below = parser.expect("sub", "a simple subscript")
        name = f"{name}_{below.value}"
    if called and parser.peek() == "(":
        return Apply("call", (Symbol(name), *arguments_in_brackets(parser)))
    return Symbol(name)


def is_leibniz(parser: Parser) -> bool:
    """Say whether `dy/dx` or `d/dx` stands at the d that was just taken."""
    if "d" in parser.notation.names:
        return False
    tokens, at = parser.tokens, parser.at
    if tokens[at].kind == "^" and tokens[at + 1].kind == "num":
        at += 2
    if tokens[at].kind == "name":
        at += 1
    if tokens[at].kind == "(":
        at = parser.bracket_end(at) + 1
    ahead = tokens[at : at + 3]
    if [token.kind for token in ahead] != ["/", "name", "name"]:
        return False
    return ahead[1].value == "d" and isinstance(ahead[1].tree, Symbol)


def leibniz(parser: Parser) -> Tree:
    """Read the rest of `dy/dx`, `d/dx f` or `d^2y/dx^2`."""
    repeated = parser.accept("^")
    if repeated:
        parser.advance()
    body = None if parser.peek() == "/" else parser.expression(BESIDE)
    parser.expect("/", "a slash")
    parser.advance()
    variable = _variable(parser, called=body is not None)
    if repeated:
        parser.expect("^", "the order of the derivative")
        variable = Apply("tuple", (variable, parser.surface.exponent(parser)))
    if body is None:
        body = parser.expression(PRODUCT)
    return Apply("derivative", (body, variable))


def partial(parser: Parser, token: Token) -> Tree:
    r"""Read `\partial_x f` and `\partial f / \partial x`."""
    if parser.accept("_"):
        by = parser.surface.subscript(parser)
        variables = by.args if isinstance(by, Apply) and by.head == "tuple" else (by,)
        return Apply("partial", (parser.expression(BESIDE), *variables))
    body = parser.expression(BESIDE)
    parser.expect("/", "a partial derivative: ∂f/∂x")
    if parser.peek() != "partial":
        parser.fail("∂ below the fraction line", token)
    parser.advance()
    return Apply("partial", (body, _variable(parser)))
