r"""A letter of LaTeX with its accents, scripts and brackets -> tree.

The name that comes out is the one that every syntax gives: `\hat\theta_{1}` is
`theta_hat_1`, `p_{\text{data}}` is `p_data`, `D^*_\phi` is `D_phi_star`.
"""

from typing import Final

from grader.maths import application
from grader.maths.derivatives import is_leibniz, leibniz
from grader.maths.parser import CLOSING, POWER, Parser, Token
from grader.maths.tree import Apply, Constant, Number, Symbol, Text, Tree, number

_MINUS_ONE: Final = (Apply("neg", (number(1),)), number(-1))
_MARKS: Final = {"*": "star", "+": "plus", "-": "minus"}
_LABEL: Final = "sup"


def name(parser: Parser, token: Token) -> Tree:
    """Read a letter or a word with everything that belongs to it."""
    tree = token.tree
    if token.value == "d" and isinstance(tree, Symbol) and is_leibniz(parser):
        return leibniz(parser)
    if isinstance(tree, Symbol):
        return _Scripted(parser, tree.name, "").read()
    if parser.peek() == "_" and isinstance(tree, Constant):
        return _Scripted(parser, token.value, "").read()
    return tree or Text(token.value)


def accent(parser: Parser, token: Token) -> Tree:
    r"""Read `\hat{x}_i` as a name, `\overline{x+y}` as the conjugate."""
    inner = argument(parser)
    match inner:
        case Symbol(base):
            return _accented(parser, base, token.value)
        case Constant(base) if token.value != "overline":
            return _accented(parser, base, token.value)
        case Apply("mul", parts) if token.value == "vec" and all(
            isinstance(part, Symbol) for part in parts
        ):
            base = "".join(part.name for part in parts if isinstance(part, Symbol))
            return _accented(parser, base, token.value)
        case _ if token.value in ("overline", "bar"):
            return Apply("conj", (parser.value(inner, token),))
        case _:
            raise parser.unreadable("a name under the accent", token)


def _accented(parser: Parser, base: str, mark: str) -> Tree:
    declared = parser.notation.names
    if mark in ("vec", "underline") and f"{base}_{mark}" not in declared:
        return _Scripted(parser, base, "").read()
    return _Scripted(parser, base, mark).read()


class _Scripted:
    """A name in the making: what hangs below it, above it and over it."""

    __slots__ = (
        "accent",
        "base",
        "below",
        "exponent",
        "index",
        "marks",
        "parser",
        "primes",
    )

    def __init__(self, parser: Parser, base: str, accent_mark: str) -> None:
        self.parser = parser
        self.base, _, below = base.partition("_") if accent_mark else (base, "", "")
        self.below = f"_{below}" if below else ""
        self.accent = accent_mark
        self.marks = ""
        self.primes = 0
        self.index: Tree | None = None
        self.exponent: Tree | None = None

    def read(self) -> Tree:
        parser = self.parser
        while True:
            kind = parser.tokens[parser.at][0]
            if kind == "_" and self.index is None:
                parser.at += 1
                self._subscript()
            elif kind == "^" and self.exponent is None:
                parser.at += 1
                self._superscript()
            elif kind == "'" and self.exponent is None:
                parser.at += 1
                self.primes += 1
            else:
                break
        if kind == "^":
            parser.fail("braces around what stands above")
        return self._applied(self._named())

    def _subscript(self) -> None:
        token = self.parser.tokens[self.parser.at]
        if token[0] == "sub":
            self.parser.at += 1
            self.below += f"_{token[1]}"
        else:
            self.index = subscript(self.parser)

    def _superscript(self) -> None:
        parser = self.parser
        above = superscript(parser)
        match above:
            case Text(mark) if mark in _MARKS:
                self.marks += f"_{_MARKS[mark]}"
            case Text(mark) if mark.startswith("'"):
                self.primes += len(mark)
            case Apply("label", (Number() as order,)) if self._is_function():
                self.primes += int(order.value)
            case Apply("label", (Symbol(label) | Constant(label),)):
                self.below += f"_{_LABEL}_{label}"
            case Apply("label", (Number(value),)):
                self.below += f"_{_LABEL}_{value}"
            case Apply("label", (other,)):
                self.below += f"_{_LABEL}"
                self.index = other
            case _:
                self.exponent = above

    def _is_function(self) -> bool:
        return application.is_function(self.parser, Symbol(self.base + self.below))

    def _named(self) -> Tree:
        symbol: Tree = self._symbol()
        if self.index is not None:
            items = self.index
            several = isinstance(items, Apply) and items.head == "tuple"
            args = items.args if several else (items,)  # type: ignore[union-attr]
            return Apply("index", (symbol, *args))
        return symbol

    def _symbol(self) -> Tree:
        base, below, mark = self.base, self.below, self.accent
        if mark == "overline":
            return self._overlined()
        if not mark:
            return self._declared_or(base + below + self.marks)
        full = f"{base}_{mark}{below}{self.marks}"
        return self._first_declared(
            full, f"{mark}{base}{below}", f"{base}{mark}{below}"
        )

    def _overlined(self) -> Tree:
        """Read a bar as a mean, an event's complement, or the conjugate of a letter."""
        base, below, notation = self.base, self.below, self.parser.notation
        if notation.kind_of(base + below) == "event":
            return Apply("complement", (Symbol(base + below),))
        full = f"{base}_bar{below}{self.marks}"
        found = self._first_declared(full, f"bar{base}{below}", f"{base}bar{below}")
        if below or found.name in notation.names:
            return found
        return Apply("conj", (Symbol(base),))

    def _first_declared(self, *spellings: str) -> Symbol:
        """Return the spelling that is declared, or the first one."""
        declared = self.parser.notation.names
        return Symbol(
            next((name for name in spellings if name in declared), spellings[0])
        )

    def _declared_or(self, full: str) -> Symbol:
        """Return the name, spelled without its underscore where that is declared."""
        declared = self.parser.notation.names
        if full not in declared and "_" in full:
            glued = full.replace("_", "", 1)
            if glued in declared:
                return Symbol(glued)
        return Symbol(full)

    def _applied(self, tree: Tree) -> Tree:
        parser = self.parser
        if self.primes and isinstance(tree, Symbol | Apply):
            tree = self._primed(tree)
        ahead = parser.tokens[parser.at][0]
        inverse = self.exponent in _MINUS_ONE
        if ahead == "(" and self._takes(tree):
            if inverse and self._is_function():
                tree = Apply("inverse", (tree,))
                self.exponent = None
            tree = _called(parser, tree)
        elif ahead == "[" and isinstance(tree, Symbol) and self.exponent is None:
            return application.after_name(parser, tree)
        if self.exponent is None:
            return tree
        return powered(parser, tree, self.exponent)

    def _primed(self, tree: Tree) -> Tree:
        name_with_primes = self.base + self.below + "'" * self.primes
        if name_with_primes in self.parser.notation.names:
            return Symbol(name_with_primes)
        return Apply("prime", (tree, number(self.primes)))

    def _takes(self, tree: Tree) -> bool:
        if isinstance(tree, Symbol):
            if self.accent and application.is_function(self.parser, Symbol(self.base)):
                return True
            return application.is_applied(self.parser, tree)
        if isinstance(tree, Apply) and tree.head == "prime":
            return True
        return self._is_function()


def _called(parser: Parser, tree: Tree) -> Tree:
    if isinstance(tree, Symbol):
        return application.applied(parser, tree)
    return Apply("call", (tree, *application.arguments_in_brackets(parser)))


def applied_word(parser: Parser, token: Token) -> Tree:
    r"""Read `\operatorname{softmax}(x)`: a word that is applied to what follows."""
    word = token.tree if isinstance(token.tree, Symbol) else Symbol(token.value)
    tree = _Scripted(parser, word.name, "").read()
    if tree != word and not (isinstance(tree, Symbol) and parser.peek() == "("):
        return tree
    if parser.peek() in ("(", "["):
        return application.applied(parser, word)
    return tree


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
