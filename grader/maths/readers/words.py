"""A typed word and the declared names -> the names and functions that it spells.

Declared names come first, then the longest name that everybody knows, then single
letters: `nalpha` is n times alpha, `Vmaxe` with `Vmax` declared is Vmax times e.
"""

import re
from functools import lru_cache
from typing import Final

from grader.maths.notation import Notation
from grader.maths.readers.calls import SIMPLE, SPECIAL
from grader.maths.readers.names import CONSTANTS_BY_WORD, GREEK_WORDS, UNARY
from grader.maths.readers.numerals import numeral
from grader.maths.readers.parser import Token
from grader.maths.readers.python_tokens import canonical
from grader.maths.readers.unreadable import LETTERS, Unreadable
from grader.maths.tree import Constant, Symbol, Tree

# words that are operators where they stand alone
_OPERATORS: Final[dict[str, tuple[str, str]]] = {
    "and": ("and", "and"),
    "or": ("or", "or"),
    "not": ("not", "not"),
    "in": ("rel", "in"),
    "mod": ("mod", "mod"),
    "implies": ("implies", "implies"),
    "iff": ("iff", "iff"),
    "union": ("union", "union"),
    "cup": ("union", "union"),
    "cap": ("cap", "intersection"),
    "intersect": ("cap", "intersection"),
    "setminus": ("union", "set_minus"),
    "pct": ("%", "percent"),
    "percent": ("%", "percent"),
    "percentage": ("%", "percent"),
    "deg": ("degrees", "degrees"),
    "degrees": ("degrees", "degrees"),
    "plus_minus": ("pm", "plus_minus"),
    "minus_plus": ("pm", "minus_plus"),
    "pm": ("pm", "plus_minus"),
    "mp": ("pm", "minus_plus"),
    "choose": ("chosen", "binomial"),
    **dict.fromkeys(["if", "when", "where"], ("where", "where")),
    **dict.fromkeys(["for", "then", "else", "with"], ("word", "word")),
}
# big signs written as words, where a bound follows
_BIG: Final[dict[str, tuple[str, str]]] = {
    "sum": ("sum", "sum"),
    "prod": ("sum", "product"),
    "int": ("integral", "1"),
    "lim": ("lim", "limit"),
    **dict.fromkeys(["max", "sup"], ("extremum", "max")),
    **dict.fromkeys(["min", "inf"], ("extremum", "min")),
    "argmax": ("extremum", "argmax"),
    "argmin": ("extremum", "argmin"),
}
_BIG_AHEAD: Final = ("_", "^", " ")

# applied to what follows, with or without brackets
_FUNCTIONS: Final = {*UNARY, "log", "lg", "sqrt", "cbrt"}
# short ones that words contain by chance: only where a bracket follows
_BY_CHANCE: Final = frozenset({"tr", "Tr", "tg", "det", "arg", "rank", "sign", "trace"})
_CALLS: Final = frozenset(
    name for name in (*SIMPLE, *SPECIAL) if name not in _FUNCTIONS and len(name) > 1
) - {"beta", "Beta", "array", "float", "Float", "Integer", "add", "power"}
_INSIDE: Final = (frozenset(_FUNCTIONS) - _BY_CHANCE) | GREEK_WORDS
_LONGEST: Final = max(len(name) for name in (*_CALLS, *_INSIDE))
_CAPITALS: Final = {
    **{name.capitalize(): name for name in _FUNCTIONS if len(name) > 1},
    **{name.upper(): name for name in _FUNCTIONS if len(name) > 1},
}
# functions that are also written with square brackets
_SQUARE: Final = frozenset({"Var", "Cov", "KL", "Pr"})
_DIGITS: Final = re.compile(r"\d+")
_DIFFERENTIAL: Final = re.compile(r"\bd[A-Za-z]\b")
# this many letters before a bracket are rather a function that nobody declared
_RUN: Final = 4
# and this many letters in a row are rather a word
_WORD: Final = 6


class Splitter:
    """The names of one notation, ready to cut words into."""

    __slots__ = ("_inside", "_latex", "_longest", "_names", "_notation")

    def __init__(self, notation: Notation, *, latex: bool = False) -> None:
        self._notation = notation
        self._latex = latex
        self._inside = _INSIDE - GREEK_WORDS if latex else _INSIDE
        self._names = notation.names | notation.functions | dict(notation.kinds).keys()
        longest = max((len(name) for name in self._names), default=1)
        self._longest = min(LETTERS, max(longest, _LONGEST))

    def tokens(
        self, word: str, below: str, at: int, end: int, text: str
    ) -> list[Token]:
        """Return the tokens of *word* with the subscript *below*, from *at* to *end*."""
        if not word:
            return []
        if len(word) > LETTERS:
            raise Unreadable(at, f"a word of at most {LETTERS} letters", text)
        return self._as_a_whole(word, below, at, end, text) or self._in_pieces(
            word, below, at, end, text
        )

    def _as_a_whole(
        self, word: str, below: str, at: int, end: int, text: str
    ) -> list[Token]:
        """Read a declared name, an operator, or a call whose name has underscores."""
        digits = None if below else _DIGITS.match(text, end)
        if digits is not None:
            found = self._numbered(word + digits[0], at, digits.end(), text)
            if found:
                return found
        full = canonical(word) + below
        if full in self._names:
            return [Token("name", full, at, end, Symbol(full))]
        operator = self._operator(word + below, text, end)
        if operator is not None:
            return [Token(*operator, at, end)]
        if full in _SQUARE and text[end : end + 1] == "[":
            return [Token("call", word, at, end)]
        if below and word + below in _CALLS and text[end : end + 1] == "(":
            return [Token("call", word + below, at, end)]
        return []

    def _in_pieces(
        self, word: str, below: str, at: int, end: int, text: str
    ) -> list[Token]:
        called = text[end : end + 1] == "("
        start = end - len(below) if below and text[end - len(below)] == "_" else end
        pieces = self._cut(word, called=called)
        self._refuse_unknown_calls(pieces, at, text, called=called)
        found = []
        for piece in pieces[:-1]:
            found.append(self._token(piece, "", at, at + len(piece), text))
            at += len(piece)
        last = self._token(pieces[-1], below, at, end, text)
        if below and last.kind == "fn":
            return [*found, last, *_base_of(last, below, start, end)]
        single = not below and last.kind == "name" and len(pieces[-1]) == 1
        return [
            *found,
            _with_digits(last, text) if single and not self._latex else last,
        ]

    def _operator(self, word: str, text: str, end: int) -> tuple[str, str] | None:
        """Return the operator that *word* is where it stands, and big signs in words."""
        if not self._latex and word in _BIG:
            ahead = text[end : end + 1]
            if ahead in _BIG_AHEAD and (ahead != " " or word == "lim"):
                return _BIG[word]
        if word == "int" and _DIFFERENTIAL.search(text, end) and not self._latex:
            return _BIG[word]
        if word == "choose" and text[end : end + 1] == "(":
            return None
        return _OPERATORS.get(word)

    def _numbered(self, full: str, at: int, end: int, text: str) -> list[Token]:
        """Read `x1` where it is declared, and `atan2(` and `log10(`."""
        if full in self._names:
            return [Token("name", full, at, end, Symbol(full))]
        if text[end : end + 1] != "(":
            return []
        for start in range(len(full)):
            if full[start:] in _CALLS:
                before = self.tokens(full[:start], "", at, at + start, text)
                return [*before, Token("call", full[start:], at + start, end)]
        return []

    def _cut(self, word: str, *, called: bool) -> list[str]:
        if word in _FUNCTIONS:
            return [word]
        if not self._latex and (word in GREEK_WORDS or word in CONSTANTS_BY_WORD):
            return [word]
        if (called and word in _CALLS) or word in _CAPITALS:
            return [word]
        pieces: list[str] = []
        at = 0
        while at < len(word):
            # Bceil(x) is B times ceil(x), but print(x) is not p times r times int(x)
            tail = called and (at <= 1 or all(piece in self._names for piece in pieces))
            piece = self._longest_piece(word, at, called=tail)
            pieces.append(piece)
            at += len(piece)
        if len(word) >= _WORD and any(
            len(piece) == 1 and piece not in self._names for piece in pieces
        ):
            return self._covered(word) or pieces
        return pieces

    def _covered(self, word: str) -> list[str]:
        """Cut *word* into declared names of several letters, if they spell all of it.

        The longest name first is not always right: `metresecond` begins with no `metres`.
        """
        best: list[list[str] | None] = [[]] + [None] * len(word)
        for end in range(2, len(word) + 1):
            for start in range(max(0, end - self._longest), end - 1):
                before = best[start]
                if before is not None and word[start:end] in self._names:
                    best[end] = [*before, word[start:end]]
                    break
        return best[len(word)] or []

    def _longest_piece(self, word: str, at: int, *, called: bool) -> str:
        for end in range(min(len(word), at + self._longest), at + 1, -1):
            piece = word[at:end]
            if piece in self._names or piece in self._inside:
                return piece
            if called and end == len(word) and (piece in _CALLS or piece in _FUNCTIONS):
                return piece
        return word[at]

    def _refuse_unknown_calls(
        self, pieces: list[str], at: int, text: str, *, called: bool
    ) -> None:
        """Refuse `print(1)`: nobody means the product of p, r, i, n, t and 1."""
        unknown = [len(piece) == 1 and piece not in self._names for piece in pieces]
        word = len("".join(pieces)) >= _WORD and sum(unknown) >= _WORD - 1
        if word or (called and len(unknown) >= _RUN and all(unknown[-_RUN:])):
            raise Unreadable(at, "a known function or a declared name", text)

    def _token(self, piece: str, below: str, at: int, end: int, text: str) -> Token:
        name = canonical(piece)
        if name in self._names or (name + below) in self._names:
            return Token("name", name, at, end, Symbol(name + below))
        plain = _CAPITALS.get(piece, piece)
        if plain in _FUNCTIONS and plain not in self._names:
            return Token("fn", plain, at, end)
        if piece in _CALLS and len(piece) > 1 and text[end : end + 1] == "(":
            return Token("call", piece, at, end)
        constant = None if below else self._constant(name)
        tree = constant or Symbol(name + below)
        if constant is None and self._notation.only_declared:
            raise Unreadable(at, "one of the names of the question", text)
        return Token("name", name, at, end, tree)

    def _constant(self, name: str) -> Tree | None:
        if name in "ij":
            return self._unit(name)
        if self._latex and len(name) > 1:
            return None
        return CONSTANTS_BY_WORD.get(name)

    def _unit(self, name: str) -> Tree | None:
        if not self._notation.imaginary_unit:
            return None
        return Constant("i") if name == "i" or self._names else None


def _base_of(function: Token, below: str, start: int, end: int) -> list[Token]:
    """Return the tokens of the subscript of `log_2`."""
    base = below.removeprefix("_")
    number = numeral(base) if base.isdecimal() else None
    if number is not None:
        inner = Token("num", base, start, end, number)
    else:
        name = canonical(base)
        inner = Token(
            "name", name, start, end, CONSTANTS_BY_WORD.get(name) or Symbol(name)
        )
    return [Token("_", "_", function.end, function.end), inner]


def _with_digits(token: Token, text: str) -> Token:
    """Read `x2`, glued and undeclared, as a name: neither 2x nor x squared is sure."""
    digits = _DIGITS.match(text, token.end)
    if digits is None or not isinstance(token.tree, Symbol):
        return token
    name = token.value + digits[0]
    return token._replace(value=name, end=digits.end(), tree=Symbol(name))


@lru_cache(maxsize=64)
def splitter(notation: Notation) -> Splitter:
    """Return the splitter of *notation*: the next text has the same names."""
    return Splitter(notation)


@lru_cache(maxsize=64)
def latex_splitter(notation: Notation) -> Splitter:
    """Return the splitter of *notation* for LaTeX, where Greek letters are commands."""
    return Splitter(notation, latex=True)
