"""Sums, products, powers and marks, as typed mathematics and LaTeX share them."""

import re
from typing import Final

from grader.maths.readers import application
from grader.maths.readers.parser import (
    BESIDE,
    POWER,
    PRODUCT,
    SUM,
    Infix,
    Parser,
    Token,
)
from grader.maths.tree import Apply, Constant, Number, Symbol, Text, Tree, number


def constant_or_symbol(_parser: Parser, token: Token) -> Tree:
    """Return the tree that the scanner has put into the token."""
    return token.tree or Text(token.value)


def sign(parser: Parser, token: Token) -> Tree:
    """Read the signs before an operand."""
    negative = token.kind == "-"
    while parser.peek() in ("-", "+"):
        negative ^= parser.advance().kind == "-"
    operand = parser.value(parser.expression(PRODUCT), token)
    return Apply("neg", (operand,)) if negative else operand


def plus_minus(parser: Parser, token: Token) -> Tree:
    """Read `±x`."""
    return Apply(token.value, (parser.value(parser.expression(PRODUCT), token),))


def total(parser: Parser, left: Tree, token: Token) -> Tree:
    """Read a sum with all its terms, or what is left of a set."""
    if token.kind == "-" and _is_written_set(left):
        return Apply("set_minus", (left, parser.expression(SUM)))
    terms = [parser.value(left, token)]
    while True:
        term = parser.value(parser.expression(SUM), token)
        if token.kind == "pm":
            before = terms[0] if len(terms) == 1 else Apply("add", tuple(terms))
            terms = [Apply(token.value, (before, term))]
        else:
            terms.append(Apply("neg", (term,)) if token.kind == "-" else term)
        if parser.peek() not in ("+", "-", "pm"):
            return terms[0] if len(terms) == 1 else Apply("add", tuple(terms))
        token = parser.advance()


def _is_written_set(tree: Tree) -> bool:
    match tree:
        case Constant("reals" | "integers" | "naturals" | "rationals" | "complexes"):
            return True
        case Apply("set", members):
            return len(members) > 1
        case Apply(head, _):
            return head in _SETS
        case _:
            return False


def product(parser: Parser, left: Tree, token: Token) -> Tree:
    """Read a product with all its factors."""
    factors = [parser.value(left, token)]
    sign = token.value
    while True:
        factors.append(parser.value(parser.expression(PRODUCT), token))
        if parser.tokens[parser.at][:2] != token[:2]:
            return Apply("mul" if sign == "*" else sign, tuple(factors))
        token = parser.advance()


def quotient(parser: Parser, left: Tree, token: Token) -> Tree:
    """Read a quotient written with a slash."""
    top = parser.value(left, token)
    power = BESIDE if _denominator_ends_early(parser) else PRODUCT
    return Apply("div", (top, parser.value(parser.expression(power), token)))


def _denominator_ends_early(parser: Parser) -> bool:
    """Say whether what stands beside the denominator is a factor: `1/3 x`, `a/(b)c`."""
    at, tokens, slash = parser.at, parser.tokens, parser.notation.slash
    if slash != "number":
        return slash == "factor"
    if tokens[at].kind == "(":
        return True
    numbers = tokens[at].kind == "num" and at > 1 and tokens[at - 2].kind == "num"
    return numbers and (at == _SECOND or tokens[at - 3].kind not in ("^", "_"))


def modulo(parser: Parser, left: Tree, token: Token) -> Tree:
    """Read `a mod b`."""
    return Apply("mod", (left, parser.value(parser.expression(PRODUCT), token)))


def ratio(parser: Parser, left: Tree, token: Token) -> Tree:
    """Read `7:32` as a quotient, and `7:05` as a time of day."""
    minutes = parser.tokens[parser.at]
    written = parser.text[parser.tokens[parser.at - 2].start : minutes.end]
    if isinstance(left, Number) and _CLOCK.fullmatch(written):
        parser.at += 1
        return Text(f"{left.value}:{minutes.value}")
    right = parser.value(parser.expression(SUM - 2), token)
    if parser.tokens[parser.at][:2] == ("rel", "tends_to"):
        parser.advance()
        arrow = Apply("tends_to", (right, parser.expression(SUM - 2)))
        return Apply("where", (left, arrow))  # f: A -> B
    return Apply("div", (parser.value(left, token), right))


def beside(parser: Parser, left: Tree, token: Token) -> Tree:
    """Read two operands that stand next to each other as a product."""
    if token.kind == "(" and isinstance(left, Apply) and left.head == "compose":
        parser.at -= 1
        return _composed(left, parser.value(parser.expression(BESIDE), token))
    infix = parser.surface.infix
    power = infix[token.kind][0]
    opened = left is parser.product
    factors = [*left.args] if opened else [parser.value(left, token)]  # type: ignore[union-attr]
    parser.at -= 1
    while True:
        token = parser.tokens[parser.at]
        entry = infix.get(token[0])
        if entry is None or entry[0] < power or entry[1] is not beside:
            break
        if token[0] == "num" and _follows_a_number(parser):
            parser.fail("an operator between two numbers", token)
        factors.append(parser.value(parser.expression(BESIDE), token))
    product = parser.product = Apply("mul", tuple(factors))
    return product


def _composed(function: Tree, argument: Tree) -> Tree:
    """Return `(f ∘ g)(x)` as `f(g(x))`."""
    match function:
        case Apply("compose", (outer, inner)):
            return _composed(outer, _composed(inner, argument))
        case _:
            return Apply("call", (function, argument))


def _follows_a_number(parser: Parser) -> bool:
    """Say whether two numbers stand side by side, and the second is no mixed one."""
    tokens, at = parser.tokens, parser.at
    before = tokens[at - 1]
    if before.kind != "num" or tokens[at + 1].kind == "frac":
        return False
    return (
        _UNBRACED.search(parser.text[max(0, before.start - _REACH) : before.start])
        is None
    )


def power(parser: Parser, left: Tree, token: Token) -> Tree:
    """Read a power, or a transpose."""
    base = parser.value(left, token)
    exponent = parser.surface.exponent(parser)
    return raised(parser, base, parser.value(exponent, token), token)


def raised(parser: Parser, base: Tree, exponent: Tree, token: Token) -> Tree:
    """Return *base* to the *exponent*, where a bare T means the transpose."""
    if (
        exponent == _TRANSPOSED
        and parser.tokens[parser.at - 1].start - token.start <= 2  # noqa: PLR2004 - the number of parts
    ):
        declared = "T" in parser.notation.names or "T" in parser.notation.functions
        if not declared and not isinstance(base, Number | Constant):
            return Apply("transpose", (base,))
    return Apply("pow", (base, exponent))


_BASES: Final = frozenset(map(str, range(2, 37)))
# no ratio has a second term that begins with a zero
_CLOCK: Final = re.compile(r"(?:[01]?\d|2[0-4]):0\d")
_SECOND: Final = 2
_SETS: Final = frozenset({"interval", "union", "intersection", "set_minus"})
# what takes the digit behind it: `\frac32`, `\sqrt2`
_REACH: Final = 12
_UNBRACED: Final = re.compile(r"\\(?:[dtc]?frac\s*\d?|sqrt)\s*\Z")
_PAIR: Final = 2
_UNIT: Final = Constant("i")
_TRANSPOSED: Final = Symbol("T")


def typed_exponent(parser: Parser) -> Tree:
    """Read `2`, `-x`, `(n+1)` or `{n+1}` after a typed `^`."""
    if parser.accept("{"):
        tree = parser.expression()
        parser.expect("}", "a closing brace")
        return tree
    negative = False
    while parser.peek() in ("-", "+"):
        negative ^= parser.advance().kind == "-"
    exponent = parser.expression(POWER - 1)
    return Apply("neg", (exponent,)) if negative else exponent


def mark(head: str) -> Infix:
    """Return the rule for a mark behind an operand."""

    def read_mark(parser: Parser, left: Tree, token: Token) -> Tree:
        return Apply(head, (parser.value(left, token),))

    return read_mark


def percent(parser: Parser, left: Tree, token: Token) -> Tree:
    """Read a percentage, of a number and not of a letter."""
    if parser.tokens[parser.at - 2].kind == "name" and isinstance(left, Symbol):
        parser.fail("a number before the percent sign", token)
    after = parser.tokens[parser.at]
    if after.kind == "num" and after.start == token.end:
        parser.fail("an operator behind the percent sign", after)
    return Apply("percent", (parser.value(left, token),))


def index(parser: Parser, left: Tree, _token: Token) -> Tree:
    """Read a subscript that is more than a part of a name."""
    inner = parser.surface.subscript(parser)
    match left, inner:
        case Symbol(name), Symbol(below):
            return application.after_name(parser, Symbol(f"{name}_{below}"))
        case Apply("norm", (vector,)), order:
            return Apply("norm", (vector, order))
        case Number(text=digits), Number(text=base) if in_base(digits, base):
            return number(int(digits, int(base)))
        case (
            (Symbol() | Apply("index" | "transpose" | "mul" | "inverse" | "call")),
            _,
        ):
            items = (
                inner.args
                if isinstance(inner, Apply) and inner.head == "tuple"
                else (inner,)
            )
            match left, items:
                case Apply("mul" | "transpose" | "inverse"), (Symbol(pair),) if (
                    len(pair) == _PAIR and pair.isalpha()
                ):
                    items = tuple(map(Symbol, pair))  # (AB)_ij
                case _:
                    pass
            # a subscript i counts: it is no imaginary unit
            named = [Symbol("i") if item == _UNIT else item for item in items]
            return Apply("index", (left, *named))
        case _:
            raise parser.unreadable("a name before the subscript", _token)


def in_base(digits: str, base: str) -> bool:
    """Say whether *digits* with *base* below them are a whole number in that base."""
    if not (digits.isdecimal() and base in _BASES):
        return False
    return max(map(int, digits)) < int(base)


def typed_subscript(parser: Parser) -> Tree:
    """Read `{n+1}`, `(n+1)` or one name after a typed `_`."""
    if parser.accept("{"):
        items = [parser.expression()]
        while parser.accept(","):
            items.append(parser.expression())
        parser.expect("}", "a closing brace")
        return items[0] if len(items) == 1 else Apply("tuple", tuple(items))
    return parser.expression(POWER)


def radical(parser: Parser, token: Token) -> Tree:
    """Read `√x`."""
    inner = parser.value(parser.expression(POWER - 1), token)
    return Apply("root", (inner, number(int(token.value))))


def fraction(_parser: Parser, token: Token) -> Tree:
    """Read `½`."""
    top, bottom = token.value.split("/")
    return Apply("div", (number(int(top)), number(int(bottom))))
