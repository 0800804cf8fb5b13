"""Typed mathematics -> tokens, with words split into the names that they spell."""

import re
from typing import Final

from grader.maths.notation import Notation
from grader.maths.readers.bars import settle
from grader.maths.readers.differentials import join_differentials
from grader.maths.readers.latex_products import product_sign
from grader.maths.readers.names import (
    CONSTANTS_BY_SIGN,
    GREEK,
    SIGNS,
    SUBSCRIPTS,
    SUPERSCRIPTS,
)
from grader.maths.readers.numerals import LIMITS, numeral
from grader.maths.readers.parser import Token
from grader.maths.readers.unreadable import Unreadable
from grader.maths.readers.words import Splitter, splitter
from grader.maths.tree import Number

_TOKEN: Final = re.compile(
    r"""
      (?P<space>\s+)
    | (?P<num>(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)
    | (?P<raised>[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿⁱˣ]+)
    | (?P<word>[^\W\d_⁰¹²³⁴⁵⁶⁷⁸⁹ⁿⁱˣ₀-ₜ½⅓⅔¼¾ℕℤℚℝℂⅈⅇ]+)
    | (?P<op>\*\*|<=>|<==>|=/=|\+/-|<=|>=|=<|=>|==|!=|<>|:=|->|&&|!+|'+
        |[-+*/^<>=(){}\[\],;:|%&~_])
    """,
    re.VERBOSE,
)
_THOUSANDS: Final = re.compile(r"\d{1,3}(?:,\d{3})+(?![\d,])(?:\.\d+)?(?!,)")
_COMMA_NUMBER: Final = re.compile(r"\d+(?:,\d+)?(?:[eE][+-]?\d+)?")
_SUBSCRIPT: Final = re.compile(
    r"(?:_(?:\{[\w ,]{1,40}\}|\d+|[^\W\d_⁰¹²³⁴⁵⁶⁷⁸⁹ⁿⁱˣ₀-ₜ½⅓⅔¼¾]+\d*)|[₀-₉ₐₑᵢⱼₖₘₙₚₜₓ]+)+"
)

_OPERATORS: Final[dict[str, tuple[str, str]]] = {
    "**": ("^", "^"),
    "^": ("^", "^"),
    "<=>": ("iff", "iff"),
    "<==>": ("iff", "iff"),
    "=>": ("implies", "implies"),
    "->": ("rel", "tends_to"),
    "=/=": ("rel", "ne"),
    "!=": ("rel", "ne"),
    "<>": ("rel", "ne"),
    "<=": ("rel", "le"),
    "=<": ("rel", "le"),
    ">=": ("rel", "ge"),
    "==": ("rel", "eq"),
    "=": ("rel", "eq"),
    ":=": ("rel", "defined_as"),
    "<": ("rel", "lt"),
    ">": ("rel", "gt"),
    "+/-": ("pm", "plus_minus"),
    "&&": ("and", "&"),
    "&": ("and", "&"),
    "|": ("bar", "|"),
    "~": ("rel", "distributed"),
}
_BIG_WORDS: Final = frozenset(
    {"sum", "prod", "int", "lim", "max", "min", "sup", "inf", "argmax", "argmin"}
)
# accents that stand on the letter before them
_COMBINING: Final = {
    "\u0302": "_hat",
    "\u0303": "_tilde",
    "\u0304": "_bar",
    "\u0305": "_bar",
    "\u0307": "_dot",
}
# where one of these stands before it, `~` has nothing on its left: `~p`
_BEFORE_NOT: Final = frozenset({"(", "[", "{", "not", "and", "or", "implies", "iff"})
_OPENERS: Final = {"(": ")", "[": "]", "{": "}"}


def tokenize(text: str, notation: Notation) -> list[Token]:
    """Split typed mathematics into tokens, or say which character is none of it."""
    return _Scan(text, notation).run()


class _Scan:
    """The state of one scan: what was found, and which brackets are open."""

    __slots__ = ("brackets", "notation", "split", "text", "tokens")

    def __init__(self, text: str, notation: Notation) -> None:
        self.text = text
        self.notation = notation
        self.tokens: list[Token] = []
        self.brackets: list[str] = []
        self.split: Splitter = splitter(notation)

    def run(self) -> list[Token]:
        text, at, bars = self.text, 0, False
        while at < len(text):
            match = _TOKEN.match(text, at)
            if match is None:
                at = self._sign(at)
                bars = bars or self.tokens[-1].kind in ("bar", "norm")
                continue
            kind = match.lastgroup
            if kind == "space":
                at = match.end()
            elif kind == "word":
                at = self._word(match[0], at)
            elif kind == "num":
                at = self._number(match)
            elif kind == "op":
                bars = bars or match[0] == "|"
                at = self._operator(match[0], at)
            else:
                at = self._raised(match[0], at)
        self._settle_arrows()
        self.tokens.append(Token("end", "", at, at))
        tokens = settle(self.tokens, text) if bars else self.tokens
        signs = any(token[0] == "integral" for token in tokens)
        return join_differentials(tokens) if signs else tokens

    def _settle_arrows(self) -> None:
        """Turn `<` and `>` around a whole list into brackets: `<1, 2, 3>`."""
        kinds = [token.kind for token in self.tokens]
        if kinds[:1] != ["rel"] or kinds.count("rel") != len("<>") or "," not in kinds:
            return
        first, last = self.tokens[0], self.tokens[-1]
        if (first.value, last.value) == ("lt", "gt"):
            self.tokens[0] = first._replace(kind="(", value="(")
            self.tokens[-1] = last._replace(kind=")", value=")")

    def _add(self, kind: str, value: str, start: int, end: int) -> int:
        self.tokens.append(Token(kind, value, start, end))
        return end

    def _sign(self, at: int) -> int:
        sign = self.text[at]
        constant = CONSTANTS_BY_SIGN.get(sign)
        if constant is not None:
            self.tokens.append(Token("name", sign, at, at + 1, constant))
            return at + 1
        found = ("union", "set_minus") if sign == "\\" else SIGNS.get(sign)
        if found is None:
            raise Unreadable(at, "a number, a name or an operator", self.text)
        if sign == "×":
            found = ("*", product_sign("times", self.text, at, at + 1))
        self._bracket(found[0])
        return self._add(*found, at, at + 1)

    def _number(self, match: re.Match[str]) -> int:
        at, end, digits = match.start(), match.end(), match[0]
        if not self.brackets and self.notation.thousands:
            grouped = _THOUSANDS.match(self.text, at)
            if grouped and not (at and self.text[at - 1] == ","):
                end, digits = grouped.end(), grouped[0].replace(",", "")
        if self.notation.decimal_comma:
            comma = _COMMA_NUMBER.match(self.text, at)
            if comma and "." not in match[0]:
                end, digits = comma.end(), comma[0].replace(",", ".")
        number = numeral(digits)
        if number is None:
            raise Unreadable(at, LIMITS, self.text)
        self.tokens.append(Token("num", digits, at, end, number))
        return end

    def _raised(self, run: str, at: int) -> int:
        """Read `x²ⁿ` as `x^(2n)`: the run is one exponent."""
        end = at + len(run)
        plain = run.translate(SUPERSCRIPTS)
        self.tokens += [Token("^", "^", at, at), Token("(", "(", at, at)]
        inner = tokenize_inner(plain, self.notation)
        self.tokens += [token._replace(start=at, end=end) for token in inner]
        return self._add(")", ")", end, end)

    def _operator(self, sign: str, at: int) -> int:
        end = at + len(sign)
        if sign[0] in "!'" and sign != "!=" and not self._denies(sign):
            return self._marks(sign, at)
        if sign == ":" and self.brackets and self.brackets[-1] == "}":
            return self._add("mid", sign, at, end)
        kind, value = _OPERATORS.get(sign, (sign, sign))
        if self._denies(sign):
            kind, value = "not", "not"
        if sign == "|" and self._parts_statements():
            return self._add("or", "or", at, at + self.text.count("|"))
        self._bracket(kind)
        return self._add(kind, value, at, end)

    def _denies(self, sign: str) -> bool:
        """Return whether nothing stands left of a `~` or `!`."""
        first = not self.tokens or self.tokens[-1].kind in _BEFORE_NOT
        return sign in ("~", "!") and first

    def _parts_statements(self) -> bool:
        """Return whether a lone bar follows a relation: `x < 1 | x > 2`, or `||`."""
        lone = self.text.count("|") == 1 or (
            self.text.count("|") == len("||") and "||" in self.text
        )
        related = any(token.kind == "rel" for token in self.tokens)
        return lone and related and not self.brackets

    def _bracket(self, kind: str) -> None:
        if kind in _OPENERS:
            self.brackets.append(_OPENERS[kind])
        elif kind in (")", "]", "}") and self.brackets:
            self.brackets.pop()

    def _marks(self, marks: str, at: int) -> int:
        end = at + len(marks)
        if marks in ("!!", "'"):
            return self._add(marks, marks, at, end)
        for place in range(at, end):
            self._add(marks[0], marks[0], place, place + 1)
        return end

    def _word(self, word: str, at: int) -> int:
        end = at + len(word)
        if word == "U" and self._joins_sets(end):
            return self._add("union", "union", at, end)
        below = _COMBINING.get(self.text[end : end + 1], "")
        end += bool(below)
        subscript = _SUBSCRIPT.match(self.text, end)
        if subscript is not None and word not in _BIG_WORDS:
            end = subscript.end()
            below += _flat(subscript[0])
        found = self.split.tokens(word, below, at, end, self.text)
        self.tokens += found
        return found[-1].end

    def _joins_sets(self, end: int) -> bool:
        """Say whether a U stands between brackets, as in `(-oo, 1) U (2, oo)`."""
        before = self.tokens[-1].kind if self.tokens else ""
        after = self.text[end:].lstrip()[:1]
        declared = "U" in self.notation.names
        return not declared and before in (")", "]", "}") and after in ("(", "[", "{")


def tokenize_inner(text: str, notation: Notation) -> list[Token]:
    """Split a part of a text, without the end."""
    return _Scan(text, notation).run()[:-1]


def _flat(subscript: str) -> str:
    """Return `_{1,2}`, `_1_2` and `₁` as they stand in a name: `_1_2`, `_1`."""
    letters = (GREEK.get(letter, letter) for letter in subscript.translate(SUBSCRIPTS))
    flat = "".join(letters).replace("{", "").replace("}", "").replace(" ", "")
    flat = flat.replace(",", "_")
    return flat if flat.startswith("_") else f"_{flat}"


def whole(token: Token) -> bool:
    """Say whether a number token is a whole number as typed."""
    return isinstance(token.tree, Number) and token.value.isdecimal()
