"""Sums, integrals, limits, gradients and extrema in signs -> tree."""

from typing import Final

from grader.maths.readers.binder_calls import as_symbol
from grader.maths.readers.binding import bind
from grader.maths.readers.parser import (
    BESIDE,
    BRACKET,
    CLOSING,
    OPENING,
    PRODUCT,
    RELATION,
    SUM,
    Parser,
    Token,
)
from grader.maths.tree import Apply, Symbol, Text, Tree, number, symbols_of

# what a body may be made of: products, and quotients, but no sum
_TERM: Final = PRODUCT - 1


def _scripts(parser: Parser) -> tuple[list[Tree], Tree | None]:
    """Read what stands below and above a big sign, in either order."""
    below: list[Tree] = []
    above: Tree | None = None
    while True:
        if parser.peek() == "_" and not below:
            parser.advance()
            below = _below(parser)
        elif parser.peek() == "^" and above is None:
            parser.advance()
            above = parser.surface.exponent(parser)
        else:
            return below, above


def _below(parser: Parser) -> list[Tree]:
    tree = parser.surface.subscript(parser)
    if isinstance(tree, Apply) and tree.head == "tuple":
        return list(tree.args)
    return [tree]


def big_sum(parser: Parser, token: Token) -> Tree:
    r"""Read `\sum_{i=1}^n x_i` and `\prod`."""
    below, above = _scripts(parser)
    bounds = [_bound(tree, above, parser, token) for tree in below]
    names = [name for bound in bounds for name in _names(bound)]
    body = parser.value(parser.expression(_TERM), token)
    return Apply(token.value, (bind(body, names), *bounds))


def _bound(tree: Tree, above: Tree | None, parser: Parser, token: Token) -> Apply:
    match tree:
        case Apply("eq", (variable, low)):
            symbol = as_symbol(variable)
            if symbol is None or above is None:
                parser.fail("a variable with both bounds", token)
            return Apply("tuple", (symbol, low, above))
        case Apply("in", (variable, where)):
            return Apply("tuple", (as_symbol(variable) or variable, where))
        case Apply("chain", (low, Text("le"), variable, Text("le"), high)):
            return Apply("tuple", (as_symbol(variable) or variable, low, high))
        case Apply(_, (variable, _)) if as_symbol(variable) is not None:
            return Apply("tuple", (as_symbol(variable) or variable, tree))
        case _:
            symbol = as_symbol(tree)
            if symbol is None:
                raise parser.unreadable("a variable below the sign", token)
            return Apply("tuple", (symbol,) if above is None else (symbol, above))


def _names(bound: Apply) -> list[str]:
    variable = bound.args[0]
    found = [variable.name] if isinstance(variable, Symbol) else []
    if len(bound.args) == 2 and isinstance(bound.args[1], Apply):  # noqa: PLR2004 - the number of parts
        found += [arg.name for arg in bound.args[1].args if isinstance(arg, Symbol)]
    return found


def integral(parser: Parser, token: Token) -> Tree:
    """Read one or more integral signs, the integrand, and its differentials."""
    count = int(token.value)
    below, above = _scripts(parser)
    outer, parser.differentials = parser.differentials, []
    parser.integrals += 1
    body = _integrand(parser, token)
    variables = parser.differentials
    while parser.peek() == "differential" and len(variables) < count:
        variables.append(parser.advance().tree or Symbol("x"))
    if not variables:
        parser.fail("the variable of integration, as in dx")
    parser.differentials = outer
    parser.integrals -= 1
    names = [tree.name for tree in variables if isinstance(tree, Symbol)]
    limits = [Apply("tuple", (variables[0], *_limits(variables[0], below, above)))]
    limits += [Apply("tuple", (variable,)) for variable in variables[1:]]
    return Apply("integral", (bind(body, names), *limits))


def _integrand(parser: Parser, token: Token) -> Tree:
    if parser.peek() == "differential" and _ends_integral(parser):
        return number(1)
    floor = SUM - 1 if _own_differential(parser) else _TERM
    return parser.value(parser.expression(floor), token)


def _ends_integral(parser: Parser) -> bool:
    """Say whether nothing follows `dx` that could be integrated."""
    after = parser.tokens[parser.at + 1].kind
    entry = parser.surface.infix.get(after)
    return entry is None or entry[0] <= SUM


def _own_differential(parser: Parser) -> bool:
    """Say whether the `dx` of this integral stands outside all brackets."""
    level = pending = 0
    for token in parser.tokens[parser.at :]:
        kind = token.kind
        if kind in OPENING:
            level += 1
        elif kind in CLOSING:
            level -= 1
            if level < 0:
                return False
        elif level or kind not in ("integral", "differential"):
            continue
        elif kind == "integral":
            pending += 1
        elif not pending:
            return True
        else:
            pending -= 1
    return False


def _limits(variable: Tree, below: list[Tree], above: Tree | None) -> tuple[Tree, ...]:
    if above is not None and below:
        return (below[0], above)
    if below and below[0] != variable:
        return (below[0],)
    return ()


def limit(parser: Parser, token: Token) -> Tree:
    r"""Read `\lim_{x \to 3^+} f(x)`."""
    parser.accept("_")
    closer = _LIMIT_BRACKETS.get(parser.peek())
    if closer is not None:
        parser.advance()
    variable = as_symbol(parser.expression(RELATION))
    arrow = parser.advance()
    if variable is None or arrow.kind not in ("rel", "implies"):
        parser.fail("a variable and an arrow below the limit sign", arrow)
    if closer is None:
        where = parser.surface.exponent(parser)
    else:
        where = parser.expression(RELATION)
        parser.expect(closer, "a closing bracket")
    body = bind(parser.value(parser.expression(_TERM), token), [variable.name])
    match where:
        case Apply("pow", (point, Text(side))):
            return Apply("limit", (body, variable, point, Text(side)))
        case _:
            return Apply("limit", (body, variable, where))


_LIMIT_BRACKETS: Final = {"{{": "}}", "{": "}", "(": ")"}

_OVER: Final = {
    "max": "extremum_max",
    "min": "extremum_min",
    "argmax": "argmax",
    "argmin": "argmin",
}


def extremum(parser: Parser, token: Token) -> Tree:
    r"""Read `\max_x f(x)`, `\max(a, b)` and `\arg\max_\theta`."""
    if parser.accept("_"):
        over = _below(parser)
        body: Tree = parser.value(parser.expression(_TERM), token)
        for variable in reversed(over):
            bound = as_symbol(variable) or variable
            body = Apply(_OVER[token.value], (body, bound))
        return body
    if token.value.startswith("arg"):
        return Apply(token.value, (parser.expression(_TERM),))
    return _several(parser, token)


def _several(parser: Parser, token: Token) -> Tree:
    closer = {"(": ")", "[": "]", "{": "}"}.get(parser.peek())
    if closer is None:
        return Apply(token.value, (parser.value(parser.expression(BRACKET), token),))
    parser.advance()
    items = [parser.value(parser.expression(), token)]
    while parser.accept(","):
        items.append(parser.value(parser.expression(), token))
    parser.expect(closer, "a comma or a closing bracket")
    return Apply(token.value, tuple(items))


def nabla(parser: Parser, token: Token) -> Tree:
    """Read a gradient, a divergence or a Laplacian."""
    by: list[Tree] = []
    head = "gradient"
    while True:
        if parser.peek() == "_" and not by:
            parser.advance()
            by = _below(parser)[:1]
        elif parser.peek() == "^" and head == "gradient":
            parser.advance()
            if parser.surface.exponent(parser) != number(2):
                parser.fail("an exponent of two after this sign", token)
            head = "laplacian"
        else:
            break
    if head == "gradient" and parser.peek() == "*":
        sign = parser.advance()
        if sign.value == "cross" or "times" in parser.text[sign.start : sign.end]:
            return Apply("call", (Symbol("curl"), parser.expression(BESIDE)))
        head = "divergence"
    body = parser.expression(BESIDE)
    if by and _goes_on(parser, body, by[0]):
        body = _product_from(parser, body)
    return Apply(head, (body, *by))


def _goes_on(parser: Parser, body: Tree, by: Tree) -> bool:
    """Say whether the factors ahead are differentiated, too, as in `∇_x b^T x`.

    They are if what stands first is a row or constant, and they are not.
    """
    name = by.name if isinstance(by, Symbol) else ""
    is_row = isinstance(body, Apply) and body.head == "transpose"
    if not name or (name in symbols_of(body) and not is_row):
        return False
    depth = 0
    for kind, _, _, _, tree in parser.tokens[parser.at :]:
        depth += (kind in OPENING) - (kind in CLOSING)
        if depth < 0 or not (depth or kind in _FACTOR):
            return False
        if isinstance(tree, Symbol) and tree.name == name:
            return True
    return False


_FACTOR: Final = (
    frozenset(
        {"name", "num", "*", "^", "_", "sub", "'", "top", "accent", "applied", "call"}
        | {"fn", "frac", "sqrt", "!", "tree", "radical", "fraction", "binom"}
    )
    | OPENING
    | CLOSING
)
"""What may stand between a gradient's first factor and its variable."""


def _product_from(parser: Parser, first: Tree) -> Tree:
    """Return *first* with all factors that follow, up to a sign or a fraction line."""
    factors = [first]
    while parser.peek() in _FACTOR and parser.peek() not in CLOSING:
        parser.accept("*")
        factors.append(parser.expression(BESIDE))
    return Apply("mul", tuple(factors))


def differential(parser: Parser, token: Token) -> Tree:
    r"""Read the `dx` of `\frac{dx}{x}`, which counts as one."""
    if not parser.integrals or token.tree is None:
        parser.fail("an integral before this differential", token)
    parser.differentials.append(token.tree)
    return number(1)
