"""A known function and what follows it -> tree: `sin^2 x`, `log_2 x`, `max(a, b)`."""

from typing import Final

from grader.maths.readers.arguments import CLOSER, arguments_in_brackets
from grader.maths.readers.calls import build
from grader.maths.readers.names import INVERSE, MINUS_ONE
from grader.maths.readers.parser import (
    APPLICATION,
    BRACKET,
    CLOSING,
    POSTFIX,
    POWER,
    Parser,
    Token,
)
from grader.maths.tree import Apply, Constant, Number, Text, Tree, number

_PAIR: Final = 2


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
    if power is not None and power in MINUS_ONE:
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
    if kind == "{{":
        return [parser.expression(POSTFIX + 20)]
    if kind in ("lbar", "lnorm"):
        return [parser.expression(POWER - 1)]  # the log of |x|^2
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
