"""Groups, fractions, roots and environments of LaTeX -> tree."""

from typing import Final

from grader.maths.readers.derivatives import derivative_fraction
from grader.maths.readers.latex_arguments import argument, powered, primed, superscript
from grader.maths.readers.operators import constant_or_symbol, index
from grader.maths.readers.parser import POWER, RELATION, Parser, Token
from grader.maths.tree import Apply, Number, Symbol, Text, Tree, number, symbols_of

_PAIR: Final = 2
_OF_SETS: Final = frozenset({"union", "intersection", "set_minus"})


def group(parser: Parser, token: Token) -> Tree:
    """Read `{…}`: a group, or a set where it holds a list."""
    if parser.accept("}}"):
        parser.fail("something between the braces", token)
    starts = [parser.at]
    items = [parser.expression()]
    parser.collect_differentials()
    while parser.accept(","):
        starts.append(parser.at)
        items.append(parser.expression())
    parser.expect("}}", "a closing brace")
    parser.product = None
    if len(items) == 1:
        return items[0]
    braced = (parser.tokens[start].kind == "{{" for start in starts)
    return Apply(
        "set", tuple(_element(*pair) for pair in zip(items, braced, strict=True))
    )


def _element(tree: Tree, braced: bool) -> Tree:  # noqa: FBT001 - one of a pair
    """Read `{1}` as a set inside a set written with bare braces."""
    is_set = isinstance(tree, Apply) and tree.head == "set"
    return Apply("set", (tree,)) if braced and not is_set else tree


def fraction(parser: Parser, token: Token) -> Tree:
    """Read a fraction, a derivative written as one, or the end of a mixed number."""
    derivative = derivative_fraction(parser)
    if derivative is not None:
        return derivative
    top = parser.value(_part(parser), token)
    bottom = parser.value(_part(parser), token)
    return Apply(token.value, (top, bottom))


def _part(parser: Parser) -> Tree:
    """Read one half of a fraction, which may hold a differential."""
    if parser.peek() != "{{":
        return argument(parser)
    opening = parser.advance()
    if parser.peek() == "}}":
        parser.fail("something between the braces", opening)
    tree = parser.expression()
    parser.collect_differentials()
    parser.expect("}}", "a closing brace")
    return tree


def number_or_mixed(parser: Parser, token: Token) -> Tree:
    r"""Read a number; `2\frac{1}{2}` is two and a half."""
    tree = constant_or_symbol(parser, token)
    if parser.peek() != "frac" or not parser.notation.mixed_numbers:
        return tree
    if not token.value.isdecimal() or not _is_plain_fraction(parser):
        return tree
    return Apply("add", (tree, fraction(parser, parser.advance())))


def _is_plain_fraction(parser: Parser) -> bool:
    tokens = parser.tokens[parser.at + 1 : parser.at + 7]
    kinds = [token.kind for token in tokens]
    if kinds[:1] == ["num"]:
        return tokens[0].value.isdecimal() and (
            len(tokens[0].value) == _PAIR or kinds[1:2] == ["num"]
        )
    return kinds == ["{{", "num", "}}"] * 2 and all(
        token.value.isdecimal() for token in tokens if token.kind == "num"
    )


def root(parser: Parser, token: Token) -> Tree:
    r"""Read `\sqrt[3]{x}`, `\sqrt x` and `\sqrt12`."""
    degree: Tree = number(2)
    if parser.accept("["):
        degree = parser.expression()
        parser.expect("]", "a closing bracket")
    ahead = parser.tokens[parser.at]
    if ahead.kind == "num":
        parser.at += 1
        inner = ahead.tree or Text("")
    elif ahead.kind == "(":
        inner = parser.expression(POWER)
    else:
        inner = _part(parser)
    return Apply("root", (parser.value(inner, token), degree))


def binomial(parser: Parser, _token: Token) -> Tree:
    r"""Read `\binom{n}{k}`."""
    return Apply("binomial", (argument(parser), argument(parser)))


def choose(parser: Parser, left: Tree, token: Token) -> Tree:
    r"""Read `{n \choose k}` and `{a \over b}`."""
    return Apply(token.value, (left, parser.expression(1)))


def boxed(parser: Parser, _token: Token) -> Tree:
    """Read the answer in a box: the box says only that it is the answer."""
    parser.expect("{{", "braces")
    rows: list[Tree] = []
    while True:
        items = [parser.expression()]
        while parser.accept(","):
            items.append(parser.expression())
        single = len(items) == 1
        rows.append(items[0] if single else Apply("listing", tuple(items)))
        if not parser.accept(";"):
            break
    parser.expect("}}", "a closing brace")
    if len(rows) == 1:
        return rows[0]
    return Apply("listing", tuple(_as_tuple(row) for row in rows))


def _as_tuple(row: Tree) -> Tree:
    if isinstance(row, Apply) and row.head == "listing":
        return Apply("tuple", row.args)
    return row


def power(parser: Parser, left: Tree, token: Token) -> Tree:
    """Read what stands above a bracket, a number or a matrix."""
    exponent = superscript(parser)
    if isinstance(left, Apply) and left.head in _OF_SETS and exponent == Symbol("c"):
        return Apply("complement", (left,))
    base = parser.value(left, token)
    tree = powered(parser, base, exponent)
    if parser.peek() == "^":
        parser.fail("braces around what stands above")
    if parser.peek() == "_" and isinstance(base, Apply) and base.head == "norm":
        parser.advance()
        order = parser.expression(POWER)
        return Apply("pow", (Apply("norm", (*base.args, order)), exponent))
    return tree


def angle_bracket(parser: Parser, _token: Token) -> Tree:
    r"""Read `\langle a, b \rangle`: an inner product, or a vector of other length."""
    items = [parser.expression()]
    signs = set()
    while parser.peek() in (",", "mid"):
        signs.add(parser.advance().kind)
        items.append(parser.expression())
    parser.expect(")>", "a closing angle bracket")
    if signs == {"mid"} and all(isinstance(item, Symbol) for item in items):
        return Apply("mul", (Apply("adjoint", (items[0],)), *items[1:]))
    paired = len(items) == _PAIR and not any(isinstance(i, Number) for i in items)
    return Apply("inner" if paired else "tuple", tuple(items))


def where(parser: Parser, left: Tree, _token: Token) -> Tree:
    r"""Read a side condition: `a = b \text{ where } c > 0`, `x > 0 \text{ if } y`."""
    return Apply("where", (left, parser.expression(RELATION - 20)))


def at_value(parser: Parser, left: Tree, token: Token) -> Tree:
    """Read `f(x) |_{x=0}`, and `F(x) |_{x=0}^{1}` as a difference."""
    parser.expect("_", "a subscript after the bar")
    return _between_bounds(parser, left, token)


def below(parser: Parser, left: Tree, token: Token) -> Tree:
    """Read a subscript: an index, or the bounds of `[F(x)]_0^1`."""
    if parser.tokens[parser.at - 2].kind == "]":
        return _between_bounds(parser, left, token)
    return index(parser, left, token)


def _between_bounds(parser: Parser, left: Tree, token: Token) -> Tree:
    where = argument(parser)
    if not (isinstance(where, Apply) and where.head == "eq"):
        names = sorted(symbols_of(left))
        if len(names) != 1:
            parser.fail("the variable below the bar, as in x = 0", token)
        where = Apply("eq", (Symbol(names[0]), where))
    low = Apply("at", (left, where))
    if not parser.accept("^"):
        return low
    above = superscript(parser)
    match where:
        case Apply("eq", (variable, _)):
            top = Apply("at", (left, Apply("eq", (variable, above))))
            return Apply("add", (top, Apply("neg", (low,))))
        case _:
            raise parser.unreadable("the variable below the bar, as in x = 0", token)


def modulo(parser: Parser, left: Tree, token: Token) -> Tree:
    r"""Read `a \equiv b \pmod{n}`."""
    modulus = parser.value(argument(parser), token)
    match left:
        case Apply("equivalent" | "eq", (first, second)):
            sides = (Apply("mod", (first, modulus)), Apply("mod", (second, modulus)))
            return Apply("eq", sides)
        case _:
            return Apply("mod", (parser.value(left, token), modulus))


def prime(parser: Parser, left: Tree, _token: Token) -> Tree:
    """Read primes after a bracket: a derivative, or the transpose of a matrix."""
    count = 1
    while parser.accept("'"):
        count += 1
    return primed(left, count)


def maps_to(parser: Parser, left: Tree, _token: Token) -> Tree:
    r"""Read `x \mapsto x^2` as a function without a name."""
    variables = (
        left.args if isinstance(left, Apply) and left.head == "tuple" else (left,)
    )
    return Apply("lambda", (*variables, parser.expression(RELATION)))


def labelled(parser: Parser, _token: Token) -> Tree:
    r"""Read `\underbrace{x}_{words}`: the words explain, and are no part of it."""
    tree = argument(parser)
    if parser.peek() in ("_", "^"):
        parser.advance()
        argument(parser)
    return tree


def unit(parser: Parser, left: Tree, token: Token) -> Tree:
    """Read words after a value as its unit, with the power behind them."""
    words = token.value
    if parser.accept("^"):
        power = parser.surface.exponent(parser)
        if not isinstance(power, Number):
            parser.fail("a number as the power of a unit", token)
        words = f"{words}^{power.text or power.value}"
    return Apply("quantity", (left, Text(words)))
