"""Python or sympy text -> tree. A grammar of its own: Python never sees the text."""

from typing import Final

from grader.maths.notation import Notation
from grader.maths.readers.binding import bind
from grader.maths.readers.calls import build, is_known
from grader.maths.readers.numerals import LIMITS, numeral
from grader.maths.readers.parser import (
    AND,
    NOT,
    OR,
    POSTFIX,
    POWER,
    PRODUCT,
    RELATION,
    SUM,
    Parser,
    Surface,
    Token,
)
from grader.maths.readers.python_collections import braces, group, items_up_to, square
from grader.maths.readers.python_tokens import RELATIONS, canonical
from grader.maths.readers.unreadable import LETTERS
from grader.maths.tree import Apply, Constant, Symbol, Text, Tree

# modules whose name before a function says nothing about the mathematics
_MODULES: Final = frozenset({"np", "numpy", "sp", "sympy", "math", "cmath", "torch"})
_CONSTANTS: Final[dict[str, Tree]] = {
    "E": Constant("e"),
    "I": Constant("i"),
    "pi": Constant("pi"),
    "oo": Constant("oo"),
    "inf": Constant("oo"),
    "zoo": Constant("zoo"),
    "nan": Constant("nan"),
    "EulerGamma": Constant("euler_gamma"),
    "True": Constant("true"),
    "False": Constant("false"),
    "true": Constant("true"),
    "false": Constant("false"),
    "Exp1": Constant("e"),
    "ImaginaryUnit": Constant("i"),
    "Pi": Constant("pi"),
    "Infinity": Constant("oo"),
    "EmptySet": Constant("empty_set"),
    "Naturals": Constant("naturals"),
    "Integers": Constant("integers"),
    "Rationals": Constant("rationals"),
    "Reals": Constant("reals"),
    "Complexes": Constant("complexes"),
}
# sympy's names for constants that are somebody's symbols elsewhere
_ONLY_AFTER_S: Final = frozenset({"Exp1", "ImaginaryUnit", "Pi", "Infinity"})


def parse(text: str, notation: Notation, tokens: list[Token]) -> Tree:
    """Return the tree of the whole text."""
    parser = Parser(text, tokens, notation, SURFACE)
    items = items_up_to(parser, "end", "an operator or the end")
    if not items:
        parser.at = 0
        parser.fail("an answer", tokens[0])
    tree = items[0] if len(items) == 1 else Apply("tuple", tuple(items))
    return bind(tree, notation.indices) if notation.indices else tree


def _number(parser: Parser, token: Token) -> Tree:
    number = numeral(token.value)
    if number is None:
        parser.fail(LIMITS, token)
    return number


def _imaginary(parser: Parser, token: Token) -> Tree:
    number = _number(parser, Token("num", token.value[:-1], token.start, token.end))
    return Apply("mul", (number, Constant("i")))


def _string(_parser: Parser, token: Token) -> Tree:
    return Text(token.value[1:-1])


def _name(parser: Parser, token: Token) -> Tree:
    word = token.value
    if "__" in word or len(word) > LETTERS or not word.isidentifier():
        parser.fail("a name of mathematics", token)
    notation = parser.notation
    if word in notation.names:
        return Symbol(word)
    if parser.peek() == ".":
        return _dotted(parser, token)
    if parser.peek() == "(" and word not in notation.functions and is_known(word):
        return _known_call(parser, token)
    constant = None if word in _ONLY_AFTER_S else _CONSTANTS.get(word)
    if constant is not None:
        return constant
    name = canonical(word)
    if notation.only_declared and name not in notation.names | notation.functions:
        parser.fail("one of the names of the question", token)
    return Symbol(name)


def _dotted(parser: Parser, token: Token) -> Tree:
    """Read `np.exp`, `S.Reals` and `Interval.open`; other points are for `A.T`."""
    word = token.value
    if word in _MODULES:
        parser.advance()
        return _name(parser, parser.expect("name", "a name after the point"))
    if word == "S":
        parser.advance()
        return _constant(parser, parser.expect("name", "a set or a constant"))
    if word == "Interval":
        return _interval(parser, token)
    return Symbol(canonical(word))


def _constant(parser: Parser, token: Token) -> Tree:
    named = {"Half": Apply("div", (numeral("1") or Text(""), numeral("2") or Text("")))}
    tree = _CONSTANTS.get(token.value) or named.get(token.value)
    if tree is None:
        parser.fail("a set or a constant", token)
    return tree


def _interval(parser: Parser, token: Token) -> Tree:
    parser.advance()
    which = parser.expect("name", "open, Lopen or Ropen")
    name = f"Interval.{which.value}"
    if not is_known(name):
        parser.fail("open, Lopen or Ropen", which)
    return _known_call(parser, token._replace(value=name))


def _known_call(parser: Parser, token: Token) -> Tree:
    parser.expect("(", "an opening bracket")
    arguments = items_up_to(parser, ")", "a comma or a closing bracket")
    tree = build(token.value, arguments)
    if tree is None:
        parser.fail(f"other arguments for {token.value}", token)
    return tree


def _sign(parser: Parser, token: Token) -> Tree:
    operand = parser.value(parser.expression(PRODUCT), token)
    return Apply("neg", (operand,)) if token.kind == "-" else operand


def _not(parser: Parser, _token: Token) -> Tree:
    return Apply("not", (parser.expression(NOT),))


def _sum(parser: Parser, left: Tree, token: Token) -> Tree:
    terms = [parser.value(left, token)]
    while True:
        term = parser.value(parser.expression(SUM), token)
        terms.append(Apply("neg", (term,)) if token.kind == "-" else term)
        if parser.peek() not in ("+", "-"):
            return Apply("add", tuple(terms))
        token = parser.advance()


def _product(parser: Parser, left: Tree, token: Token) -> Tree:
    factors = [parser.value(left, token)]
    signs = {token.kind}
    while True:
        factors.append(parser.value(parser.expression(PRODUCT), token))
        if parser.peek() not in ("*", "@"):
            return Apply("dot" if signs == {"@"} else "mul", tuple(factors))
        token = parser.advance()
        signs.add(token.kind)


def _quotient(parser: Parser, left: Tree, token: Token) -> Tree:
    top = parser.value(left, token)
    bottom = parser.value(parser.expression(PRODUCT), token)
    if token.kind == "%":
        return Apply("mod", (top, bottom))
    quotient = Apply("div", (top, bottom))
    return quotient if token.kind == "/" else Apply("floor", (quotient,))


def _power(parser: Parser, left: Tree, token: Token) -> Tree:
    exponent = parser.value(_exponent(parser), token)
    return Apply("pow", (parser.value(left, token), exponent))


def _exponent(parser: Parser) -> Tree:
    negative = False
    while parser.peek() in ("-", "+"):
        negative ^= parser.advance().kind == "-"
    exponent = parser.expression(POWER - 1)
    return Apply("neg", (exponent,)) if negative else exponent


def _call(parser: Parser, left: Tree, token: Token) -> Tree:
    arguments = items_up_to(parser, ")", "a comma or a closing bracket")
    match left:
        case Symbol() | Apply("call" | "prime" | "inverse" | "derivative" | "index"):
            if not arguments:
                parser.fail("an argument", token)
            return Apply("call", (left, *arguments))
        case _:
            raise parser.unreadable("an operator before the bracket", token)


def _attribute(parser: Parser, left: Tree, token: Token) -> Tree:
    name = parser.expect("name", "a name after the point")
    head = {"T": "transpose", "H": "adjoint", "I": "inverse"}.get(name.value)
    if head is None and parser.peek() == "(":
        head = {
            "inv": "inverse",
            "det": "det",
            "trace": "trace",
            "conjugate": "conj",
        }.get(name.value)
        if head is not None:
            parser.advance()
            parser.expect(")", "a closing bracket")
    if head is None:
        parser.fail("an operator before this point", token)
    return Apply(head, (left,))


def _relation(parser: Parser, left: Tree, token: Token) -> Tree:
    chain = [left]
    while True:
        head = "in" if token.kind == "in" else RELATIONS[token.value]
        chain += [Text(head), parser.expression(RELATION)]
        if parser.peek() not in ("rel", "in"):
            break
        token = parser.advance()
    if len(chain) == 3:  # noqa: PLR2004 - the number of parts
        return Apply(head, (chain[0], chain[2]))
    return Apply("chain", tuple(chain))


def _logic(parser: Parser, left: Tree, token: Token) -> Tree:
    head, power, kinds = (
        ("and", AND, ("and", "&"))
        if token.kind in ("and", "&")
        else ("or", OR, ("or", "|"))
    )
    if token.kind in "&|":
        power = SUM - 5 if head == "and" else SUM - 6
    terms = [left, parser.expression(power)]
    while parser.peek() in kinds:
        parser.advance()
        terms.append(parser.expression(power))
    return Apply(head, tuple(terms))


SURFACE: Final = Surface(
    prefix={
        "num": _number,
        "imaginary": _imaginary,
        "name": _name,
        "str": _string,
        "tree": lambda _, token: token.tree or Text(token.value),
        "(": group,
        "[": square,
        "{": braces,
        "-": _sign,
        "+": _sign,
        "not": _not,
        "~": _not,
    },
    infix={
        "+": (SUM, _sum),
        "-": (SUM, _sum),
        "*": (PRODUCT, _product),
        "@": (PRODUCT, _product),
        "/": (PRODUCT, _quotient),
        "//": (PRODUCT, _quotient),
        "%": (PRODUCT, _quotient),
        "**": (POWER, _power),
        "(": (POSTFIX, _call),
        ".": (POSTFIX, _attribute),
        "rel": (RELATION, _relation),
        "in": (RELATION, _relation),
        "and": (AND, _logic),
        "or": (OR, _logic),
        "&": (SUM - 5, _logic),
        "|": (SUM - 6, _logic),
    },
    exponent=_exponent,
    subscript=_exponent,
)
