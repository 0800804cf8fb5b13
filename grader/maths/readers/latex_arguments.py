r"""What stands above, below or after a command of LaTeX -> tree, or a mark as `Text`."""

from typing import Final

from grader.maths.readers.parser import CLOSING, POWER, Parser, Token
from grader.maths.tree import Apply, Constant, Number, Symbol, Text, Tree, number

_MINUS_ONE: Final = (Apply("neg", (number(1),)), number(-1))


def powered(parser: Parser, base: Tree, exponent: Tree) -> Tree:
    """Return *base* with what stands above it: a power, a transpose, a mark."""
    match exponent:
        case Text(mark):
            return _with_mark(base, mark, exponent)
        case Apply("label", (inner,)):
            return Apply("pow", (base, inner))
        case Symbol("c") if isinstance(base, Symbol) and (
            parser.notation.kind_of(base.name) == "event"
        ):
            return Apply("complement", (base,))
        case _ if (
            exponent in _MINUS_ONE and isinstance(base, Apply) and base.head == "matrix"
        ):
            return Apply("inverse", (base,))
        case _:
            return Apply("pow", (base, exponent))


def _with_mark(base: Tree, mark: str, exponent: Text) -> Tree:
    if mark == "T" and isinstance(base, Number | Constant):
        return Apply("pow", (base, Symbol("T")))
    if mark == "-T":
        return Apply("transpose", (Apply("inverse", (base,)),))
    if mark.startswith("'"):
        return primed(base, len(mark))
    head = _MARK_HEADS.get(mark)
    return Apply("pow", (base, exponent)) if head is None else Apply(head, (base,))


_MARK_HEADS: Final = {
    "T": "transpose",
    "top": "transpose",
    "dagger": "adjoint",
    "*": "adjoint",
    "degrees": "degrees",
}


def primed(base: Tree, count: int) -> Tree:
    """Return the derivative, or the transpose where *base* is a matrix."""
    if holds_matrix(base):
        for _ in range(count):
            base = Apply("transpose", (base,))
        return base
    match base:
        case Apply("call", (Symbol() as function, *args)):
            return Apply("call", (Apply("prime", (function, number(count))), *args))
        case _:
            return Apply("prime", (base, number(count)))


def holds_matrix(tree: Tree) -> bool:
    """Say whether *tree* is a matrix written out, or a sum or product with one."""
    match tree:
        case Apply("matrix"):
            return True
        case Apply("add" | "mul" | "neg" | "transpose" | "inverse" | "adjoint", args):
            return any(holds_matrix(arg) for arg in args)
        case _:
            return False


def superscript(parser: Parser) -> Tree:
    """Read what stands after `^`: an expression, or a mark as `Text`."""
    token = parser.tokens[parser.at]
    if token.kind == "{{":
        return _braced_superscript(parser)
    mark = _mark(parser, parser.at, parser.at + 1)
    if mark is not None:
        parser.at += 1
        return mark
    negative = False
    while parser.peek() in ("+", "-"):
        negative ^= parser.advance().kind == "-"
    if token.kind in ("+", "-") and parser.peek() in _AFTER_A_MARK:
        return Text(token.kind)
    exponent = _exponent(parser)
    return Apply("neg", (exponent,)) if negative else exponent


def _exponent(parser: Parser) -> Tree:
    """Read an exponent without braces: all its digits, one letter, one command."""
    token = parser.tokens[parser.at]
    if token.kind == "num":
        parser.at += 1
        return token.tree or Text("")
    if token.kind == "(":
        return parser.expression(POWER - 1)
    return argument(parser)


_AFTER_A_MARK: Final = CLOSING | {"end", "rel", "_"}


def _braced_superscript(parser: Parser) -> Tree:
    opening = parser.at
    closing = parser.bracket_end(opening)
    mark = _mark(parser, opening + 1, closing)
    if mark is not None:
        parser.at = closing + 1
        return mark
    first = parser.tokens[opening + 1].kind
    label = first == "(" and parser.bracket_end(opening + 1) == closing - 1
    parser.at += 1
    tree = parser.expression()
    parser.expect("}}", "a closing brace")
    return Apply("label", (tree,)) if label else tree


_SINGLE_MARKS: Final = {
    "top": "top",
    "dagger": "dagger",
    "*": "*",
    "compose": "degrees",
    "degrees": "degrees",
    "'": "'",
    "+": "+",
    "-": "-",
}


def _mark(parser: Parser, start: int, end: int) -> Text | None:
    """Return the mark that the tokens from *start* to *end* are, if they are one."""
    tokens = parser.tokens[start:end]
    kinds = [token.kind for token in tokens]
    if len(tokens) == 1:
        if kinds[0] == "name" and tokens[0].tree == Symbol("T"):
            declared = "T" in parser.notation.names
            return None if declared else Text("T")
        mark = _SINGLE_MARKS.get(kinds[0])
        if (
            mark in ("+", "-")
            and end - start == 1
            and parser.tokens[start - 1].kind == "^"
        ):
            return None
        return Text(mark) if mark is not None else None
    if kinds and all(kind == "'" for kind in kinds):
        return Text("'" * len(kinds))
    if len(kinds) == 2 and kinds[0] == "-":  # noqa: PLR2004 - the number of parts
        transposed = kinds[1] == "top" or tokens[1].tree == Symbol("T")
        return Text("-T") if transposed else None
    return None


def subscript(parser: Parser) -> Tree:
    """Read what stands after `_` where it is more than a name."""
    if not parser.accept("{{"):
        return argument(parser)
    items = [parser.expression()]
    while parser.accept(","):
        items.append(parser.expression())
    parser.expect("}}", "a closing brace")
    return items[0] if len(items) == 1 else Apply("tuple", tuple(items))


def argument(parser: Parser) -> Tree:
    """Read one argument of a command: a group, a letter, a digit or a command."""
    token = parser.tokens[parser.at]
    if token.kind == "{{":
        parser.at += 1
        tree = parser.expression()
        parser.expect("}}", "a closing brace")
        return tree
    if token.kind == "name" and token.tree is not None:
        parser.at += 1
        return token.tree
    if token.kind == "num":
        return _digit(parser, token)
    if token.kind in ("+", "-", "("):
        parser.fail("a letter, a digit or braces", token)
    return parser.operand("a letter, a digit or braces")


def _digit(parser: Parser, token: Token) -> Tree:
    r"""Take one digit, as TeX does: `\frac12` is a half."""
    rest = token.value[1:]
    if not rest or not token.value.isdecimal():
        parser.at += 1
        return token.tree or Text("")
    left = Token("num", rest, token.start + 1, token.end, number(int(rest)))
    parser.tokens[parser.at] = left
    return number(int(token.value[0]))
