"""A name or a function, and what it is applied to -> tree.

Whether `f(x)` is a product is decided by what was declared, then by habit: f, g, h are
applied, and so is every name whose bracket could not be a factor: `u(x, t)`, `p(x|z)`.
"""

from typing import Final

from grader.maths.readers.calls import build
from grader.maths.readers.derivatives import is_leibniz, leibniz
from grader.maths.readers.names import ALWAYS_APPLIED, APPLIED_TO_A_NAME, INVERSE
from grader.maths.readers.parser import APPLICATION, BRACKET, CLOSING, Parser, Token
from grader.maths.tree import Apply, Constant, Number, Symbol, Text, Tree, number

_MINUS_ONE: Final = (Apply("neg", (number(1),)), number(-1))
_PAIR: Final = 2
_PROBABILITY: Final = frozenset({"P", "Pr", "Prob"})
CLOSER: Final = {"(": ")", "[": "]", "{": "}"}
_NORMAL: Final = frozenset({"N", "N_cal", "Normal", "Gaussian"})
_DISTRIBUTIONS: Final = {
    **dict.fromkeys(["U_cal", "Uniform", "Unif"], "uniform"),
    **dict.fromkeys(["Bernoulli", "Bern", "Ber"], "bernoulli"),
}
_DIVERGENCES: Final = {
    **dict.fromkeys(["D_KL", "D_kl", "KL", "KL_cal", "d_KL"], "kl"),
    **dict.fromkeys(["D_JS", "JS", "JSD", "D_JSD"], "js"),
    **dict.fromkeys(["D_TV", "TV", "d_TV"], "tv"),
}


def name(parser: Parser, token: Token) -> Tree:
    """Read a name, with the primes and the bracket that belong to it."""
    tree = token.tree
    if token.value == "d" and tree.__class__ is Symbol and is_leibniz(parser):
        return leibniz(parser)
    if tree.__class__ is Symbol:
        return after_name(parser, tree)
    return tree or Text(token.value)


def after_name(parser: Parser, symbol: Symbol) -> Tree:
    """Return *symbol*, or its application to the bracket that follows."""
    kind = parser.tokens[parser.at][0]
    if kind == "'":
        return _derived(parser, symbol)
    if kind == "(":
        return applied(parser, symbol) if is_applied(parser, symbol) else symbol
    if kind == "[" and symbol.name not in parser.notation.names:
        return _square(parser, symbol)
    if kind == "^" and is_function(parser, symbol):
        return _powered(parser, symbol)
    return symbol


def _derived(parser: Parser, symbol: Symbol) -> Tree:
    count = _primes(parser)
    primed_name = symbol.name + "'" * count
    if primed_name in parser.notation.names:
        return after_name(parser, Symbol(primed_name))
    tree = Apply("prime", (symbol, number(count)))
    if parser.peek() == "(":
        return Apply("call", (tree, *arguments_in_brackets(parser)))
    return tree


def _primes(parser: Parser) -> int:
    count = 0
    while parser.peek() == "'":
        parser.at += 1
        count += 1
    return count


def primed(parser: Parser, left: Tree, token: Token) -> Tree:
    """Read `f(x)'` as the derivative of f at x, and `(…)'` as the derivative."""
    count = 1 + _primes(parser)
    match left:
        case Apply("call", (Symbol() as function, *args)):
            return Apply("call", (Apply("prime", (function, number(count))), *args))
        case Apply("set" | "set_builder" | "list"):
            raise parser.unreadable("no prime after a collection", token)
        case _:
            return Apply("prime", (left, number(count)))


def is_function(parser: Parser, symbol: Symbol) -> bool:
    """Say whether *symbol* is a function wherever it stands."""
    notation = parser.notation
    full = symbol.name
    if full in notation.functions:
        return True
    if full in notation.names:
        return False
    if notation.kinds and notation.kind_of(full) in ("function", "density"):
        return True
    base = full.partition("_")[0]
    return base in ALWAYS_APPLIED or base in notation.functions


def is_applied(parser: Parser, symbol: Symbol) -> bool:
    """Say whether the bracket ahead is what *symbol* is applied to."""
    if is_function(parser, symbol):
        return True
    if symbol.name in parser.notation.names:
        return False
    return _bracket_is_argument(parser, symbol.name)


def _bracket_is_argument(parser: Parser, full: str) -> bool:
    """Say whether the bracket ahead can hardly be a factor."""
    base, _, below = full.partition("_")
    outline = parser.outline(parser.at)
    if any(kind in ("mid", "parallel", ";") for kind in outline):
        return True
    if "," in outline:
        # t(1, 2, 3) is a multiple of a vector, N(0, 1) is not
        return base[0].isupper() or not all(
            kind in ("num", ",", "-") for kind in outline
        )
    if full == "E" and _holds_random_variable(parser):
        return True
    if base in _PROBABILITY and any(
        kind in ("rel", "union", "cap") for kind in outline
    ):
        return True
    applied_by_habit = base in APPLIED_TO_A_NAME or below in _PARAMETERS
    return applied_by_habit and _is_one_name(outline)


def _holds_random_variable(parser: Parser) -> bool:
    """Say whether the bracket ahead holds a capital as random variables are."""
    inside = parser.tokens[parser.at + 1 : parser.bracket_end(parser.at)]
    return any(token[0] == "name" and token[1] in _RANDOM for token in inside)


_RANDOM: Final = frozenset("XYZ")


def _is_one_name(outline: list[str]) -> bool:
    """Say whether these kinds are one name, perhaps with a subscript or applied."""
    if "^" in outline and outline[-1] != "(":
        return False
    return (
        bool(outline)
        and outline[0] in _NAMES
        and all(k in _HANGS_ON for k in outline[1:])
    )


# a name with one of these below it is a model, not a number
_PARAMETERS: Final = frozenset({"theta", "phi", "psi"})
_NAMES: Final = frozenset({"name", "accent", "applied", "call", "fn"})
_HANGS_ON: Final = frozenset({"_", "sub", "{{", "'", "(", "[", "^"})


def applied(parser: Parser, symbol: Symbol) -> Tree:
    """Return *symbol* applied to the bracket ahead."""
    args = arguments_in_brackets(parser, CLOSER[parser.peek()])
    base = symbol.name.partition("_")[0]
    if symbol.name not in parser.notation.functions:
        special = _by_habit(symbol.name, base, args)
        if special is not None:
            return special
    return Apply("call", (symbol, *args))


def _by_habit(full: str, base: str, args: list[Tree]) -> Tree | None:
    """Return the fixed meaning of `P(A|B)`, `N(mu, 1)`, `D_KL(p || q)`, if it is one."""
    count = len(args)
    if full == "E" and count == 1:
        return Apply("expectation", (args[0],))
    if base in _PROBABILITY and full == base:
        return Apply(
            "probability", (args[0] if count == 1 else Apply("and", tuple(args)),)
        )
    if full in _NORMAL:
        return _normal(args)
    head = _DISTRIBUTIONS.get(full)
    if head is not None:
        return Apply(head, tuple(args)) if count <= _PAIR else None
    if full == "beta" and count == _PAIR:
        return Apply("beta", tuple(args))
    if full == "I" and count in (_PAIR, _PAIR + 1):
        return Apply("mutual_information", tuple(args))
    head = _DIVERGENCES.get(full)
    return Apply(head, tuple(args)) if head is not None and count == _PAIR else None


def _normal(args: list[Tree]) -> Tree | None:
    """Return the law `N(mean, variance)`, or its density `N(x; mean, variance)`."""
    match args:
        case [mean, variance]:
            return Apply("normal", (mean, _covariance(variance)))
        case [value, mean, variance]:
            return Apply("normal", (value, mean, _covariance(variance)))
        case [Apply("given", (value, Apply("tuple", (mean, variance))))]:
            return Apply("normal", (value, mean, _covariance(variance)))
        case _:
            return None


def _covariance(tree: Tree) -> Tree:
    if tree in (Constant("i"), Symbol("I"), Symbol("I_bold")):
        return Apply("identity", ())
    return tree


def _powered(parser: Parser, symbol: Symbol) -> Tree:
    """Read `f^2(x)` as the square of f(x), and `f^{-1}(x)` as the inverse at x."""
    start = parser.at
    parser.at += 1
    exponent = parser.surface.exponent(parser)
    if parser.peek() != "(":
        parser.at = start
        return symbol
    if exponent in _MINUS_ONE:
        inverse = Apply("inverse", (symbol,))
        return Apply("call", (inverse, *arguments_in_brackets(parser)))
    return Apply("pow", (applied(parser, symbol), exponent))


def arguments_in_brackets(parser: Parser, closer: str = ")") -> list[Tree]:
    """Read `(a, b)`, `(x | z)` or `(p || q)` after a function."""
    opening = parser.advance()
    if parser.peek() == closer:
        parser.fail("an argument")
    found = _arguments(parser)
    end = parser.tokens[parser.at]
    if end.kind != closer:
        parser.fail(f"a closing bracket for the one at {opening.start + 1}", end)
    parser.at += 1
    return found


def _arguments(parser: Parser) -> list[Tree]:
    items = [parser.expression()]
    while True:
        kind = parser.peek()
        if kind in (",", ";"):
            parser.advance()
            items.append(parser.expression())
        elif kind == "parallel":
            parser.advance()
            return [*items, *_arguments(parser)]
        elif kind == "mid":
            parser.advance()
            return [Apply("given", (_joined(items), _joined(_arguments(parser))))]
        else:
            return items


def _joined(items: list[Tree]) -> Tree:
    return items[0] if len(items) == 1 else Apply("tuple", tuple(items))


def _square(parser: Parser, symbol: Symbol) -> Tree:
    """Read `E[X]` and `KL[p || q]`; other names are multiplied by a square bracket."""
    if symbol.name == "E":
        return Apply("expectation", (_joined(arguments_in_brackets(parser, "]")),))
    if symbol.name in _DIVERGENCES or symbol.name in parser.notation.functions:
        return applied(parser, symbol)
    return symbol


def function(parser: Parser, token: Token) -> Tree:
    """Read a known function: its base, its power, then its argument in any form."""
    base: Tree | None = None
    power: Tree | None = None
    while True:
        kind = parser.peek()
        if kind == "_" and base is None:
            parser.at += 1
            base = parser.surface.subscript(parser)
        elif kind == "^" and power is None:
            parser.at += 1
            power = parser.surface.exponent(parser)
        else:
            break
    word = token.value
    if power is not None and power in _MINUS_ONE:
        return _inverse(parser, token)
    args = _arguments_of(parser, token)
    value = _built(parser, token, word, args if base is None else [*args, base])
    return value if power is None else Apply("pow", (value, power))


def _inverse(parser: Parser, token: Token) -> Tree:
    probe = build(token.value, [number(1)])
    head = INVERSE.get(probe.head) if isinstance(probe, Apply) else None
    if head is None:
        parser.fail("a function whose inverse has a name, or brackets", token)
    return Apply(head, tuple(_arguments_of(parser, token)))


def _built(parser: Parser, token: Token, word: str, args: list[Tree]) -> Tree:
    if word == "log" and len(args) == 1 and parser.notation.log_base != "e":
        return Apply("log", (args[0], number(int(parser.notation.log_base))))
    if word == "ln" and len(args) == _PAIR:
        word = "log"
    for arg in args:
        parser.value(arg, token)
    tree = build(word, args)
    if tree is None:
        parser.fail(f"another number of arguments for {word}", token)
    return tree


def _arguments_of(parser: Parser, token: Token) -> list[Tree]:
    kind = parser.peek()
    if kind == "(":
        return arguments_in_brackets(parser)
    if kind == "[":
        return arguments_in_brackets(parser, "]")
    if kind == "{" and parser.surface.one_element_sets_group:
        return arguments_in_brackets(parser, "}")
    if kind in ("lbar", "lnorm", "{{"):
        return [parser.expression(120)]
    if kind == "end" or kind in CLOSING:
        parser.fail(f"the argument of {token.value}")
    if kind == "num" and parser.tokens[parser.at + 1].kind == "(":
        return [parser.expression(APPLICATION)]
    return [parser.expression(BRACKET)]


def call(parser: Parser, token: Token) -> Tree:
    """Read a known function that must have brackets: `max(a, b)`, `diff(f, x)`."""
    opening = parser.peek()
    closer = "}}" if opening == "{{" else CLOSER.get(opening, "")
    if not closer or (opening == "{" and token.value not in _OF_A_SET):
        parser.fail(f"an opening bracket after {token.value}")
    args = arguments_in_brackets(parser, closer)
    tree = build(token.value, args)
    if tree is None or not _accepts(tree):
        parser.fail(f"other arguments for {token.value}", token)
    return tree


_OF_A_SET: Final = frozenset({"max", "min", "gcd", "lcm", "sup", "inf"})
_SETS: Final = frozenset({"union", "intersection", "set_minus", "symmetric_difference"})
_SCALAR: Final = frozenset(
    {"factorial", "exp", "abs", "floor", "ceil", "binomial", "interval"}
)


def _accepts(tree: Tree) -> bool:
    """Refuse `Union(1, 2)` and `factorial({})`."""
    if not isinstance(tree, Apply):
        return True
    if tree.head in _SETS:
        return not any(
            isinstance(arg, Number) or arg == _EMPTY_ELEMENT for arg in tree.args
        )
    if tree.head in _SCALAR:
        return not any(_is_set(arg) for arg in tree.args)
    return True


_EMPTY_ELEMENT: Final = Text("")


def _is_set(tree: Tree) -> bool:
    return tree == Constant("empty_set") or (
        isinstance(tree, Apply) and tree.head == "set"
    )
