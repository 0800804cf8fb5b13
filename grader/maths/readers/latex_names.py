r"""A letter of LaTeX with its accents, scripts and brackets -> tree.

The name that comes out is the one that every syntax gives: `\hat\theta_{1}` is
`theta_hat_1`, `p_{\text{data}}` is `p_data`, `D^*_\phi` is `D_phi_star`.
"""

from typing import Final

from grader.maths.readers import application
from grader.maths.readers.arguments import arguments_in_brackets
from grader.maths.readers.derivatives import is_leibniz, leibniz
from grader.maths.readers.latex_arguments import (
    argument,
    powered,
    subscript,
    superscript,
)
from grader.maths.readers.names import MINUS_ONE
from grader.maths.readers.parser import Parser, Token
from grader.maths.tree import Apply, Constant, Number, Symbol, Text, Tree, number

_MARKS: Final = {"*": "star", "+": "plus", "-": "minus"}
_LABEL: Final = "sup"
_OF_SETS: Final = frozenset({"union", "intersection", "set_minus", "interval"})


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
        case Number(value) if token.value == "vec" and not value:
            return inner
        case Constant(base) if token.value != "overline":
            return _accented(parser, base, token.value)
        case Apply("mul", parts) if token.value == "vec" and all(
            isinstance(part, Symbol) for part in parts
        ):
            base = "".join(part.name for part in parts if isinstance(part, Symbol))
            return _accented(parser, base, token.value)
        case Apply(head) if token.value in ("overline", "bar") and head in _OF_SETS:
            return Apply("complement", (inner,))
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
        inverse = self.exponent in MINUS_ONE
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
    return Apply("call", (tree, *arguments_in_brackets(parser)))


def applied_word(parser: Parser, token: Token) -> Tree:
    r"""Read `\operatorname{softmax}(x)`: a word that is applied to what follows."""
    word = token.tree if isinstance(token.tree, Symbol) else Symbol(token.value)
    tree = _Scripted(parser, word.name, "").read()
    if tree != word and not (isinstance(tree, Symbol) and parser.peek() == "("):
        return tree
    if parser.peek() in ("(", "["):
        return application.applied(parser, word)
    return tree
