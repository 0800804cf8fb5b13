"""A name or a function, and what it is applied to -> tree.

Whether `f(x)` is a product is decided by what was declared, then by habit: f, g, h are
applied, and so is every name whose bracket could not be a factor: `u(x, t)`, `p(x|z)`.
"""

from typing import Final

from grader.maths.readers.arguments import CLOSER, arguments_in_brackets, joined
from grader.maths.readers.derivatives import is_leibniz, leibniz
from grader.maths.readers.names import ALWAYS_APPLIED, APPLIED_TO_A_NAME, MINUS_ONE
from grader.maths.readers.parser import Parser, Token
from grader.maths.tree import Apply, Constant, Number, Symbol, Text, Tree, number

_PAIR: Final = 2
_PROBABILITY: Final = frozenset({"P", "Pr", "Prob"})
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
    if full == "I" and "rel" in outline:
        return True
    if base in _PROBABILITY and (
        not _OF_EVENTS.isdisjoint(outline) or _is_complement(parser)
    ):
        return True
    applied_by_habit = base in APPLIED_TO_A_NAME or below in _PARAMETERS
    return applied_by_habit and _is_one_name(outline)


def _is_complement(parser: Parser) -> bool:
    """Say whether the bracket ahead holds `A^c`: no event has a power."""
    inside = parser.tokens[parser.at + 1 : parser.bracket_end(parser.at)]
    kinds = [token[0] for token in inside if token[0] not in ("{{", "}}")]
    raised = kinds == ["name", "^", "name"] and inside[-1][1] in ("c", "C", "}")
    return raised or kinds == ["accent", "name"]


_OF_EVENTS: Final = frozenset({"rel", "union", "cap", "not", "and", "or"})


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
    fixed = _BY_COUNT.get((full, count))
    if fixed is not None:
        return Apply(fixed, tuple(args))
    if base in _PROBABILITY and full == base:
        return Apply(
            "probability", (args[0] if count == 1 else Apply("and", tuple(args)),)
        )
    if full in _NORMAL:
        return _normal(args)
    head = _DISTRIBUTIONS.get(full)
    if head is not None:
        return Apply(head, tuple(args)) if count <= _PAIR else None
    if full == "C" and count == _PAIR and all(map(_is_count, args)):
        return Apply("binomial", tuple(args))
    head = _DIVERGENCES.get(full)
    return Apply(head, tuple(args)) if head is not None and count == _PAIR else None


_BY_COUNT: Final = {
    ("E", 1): "expectation",
    ("I", 1): "indicator",
    ("I", 2): "mutual_information",
    ("I", 3): "mutual_information",
    ("beta", 2): "beta",
}


def _is_count(tree: Tree) -> bool:
    match tree:
        case Number(value):
            return value.denominator == 1
        case Symbol(name):
            return name in _COUNTS
        case _:
            return False


_COUNTS: Final = frozenset({"n", "k", "r", "m", "N", "K"})


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
    if exponent in MINUS_ONE:
        inverse = Apply("inverse", (symbol,))
        return Apply("call", (inverse, *arguments_in_brackets(parser)))
    return Apply("pow", (applied(parser, symbol), exponent))


def _square(parser: Parser, symbol: Symbol) -> Tree:
    """Read `E[X]` and `KL[p || q]`; other names are multiplied by a square bracket."""
    if symbol.name == "E":
        return Apply("expectation", (joined(arguments_in_brackets(parser, "]")),))
    if symbol.name in _DIVERGENCES or symbol.name in parser.notation.functions:
        return applied(parser, symbol)
    return symbol
