"""LaTeX -> tokens: letters, numbers, and the commands of the tables."""

import re
from typing import Final

from grader.maths.notation import Notation
from grader.maths.readers import latex_words as tables
from grader.maths.readers.bars import settle
from grader.maths.readers.differentials import join_differentials
from grader.maths.readers.latex_brackets import (
    DELIMITERS,
    read_delimiter,
    read_environment,
)
from grader.maths.readers.latex_fonts import read_font
from grader.maths.readers.latex_products import product_sign
from grader.maths.readers.latex_scripts import subscript_token
from grader.maths.readers.names import CONSTANTS_BY_SIGN, SIGNS
from grader.maths.readers.numerals import LIMITS, REPEATING, numeral, repeating
from grader.maths.readers.parser import Token
from grader.maths.readers.unreadable import Unreadable
from grader.maths.readers.words import latex_splitter
from grader.maths.tree import Symbol, Tree

_TOKEN: Final = re.compile(
    r"""
      (?P<space>[\s~]+)
    | (?P<stop>[.,](?=\s*\\(?:end\s*\{|\\(?![A-Za-z]))))
    | (?P<command>\\(?:[A-Za-z]+|.|\n))
    | (?P<num>(?:\d+(?:\.\d+)?|\.\d+)(?:E[+-]?\d+|e\d+(?![\w.]))?)
    | (?P<word>[^\W\d_⁰¹²³⁴⁵⁶⁷⁸⁹ⁿⁱˣ₀-ₜ½⅓⅔¼¾ℕℤℚℝℂⅈⅇ]+)
    | (?P<op>!=|<=|>=|:=|->|!+|'+|[-+*/^_<>=(){}\[\],;:|&%])
    """,
    re.VERBOSE,
)
_GROUPED: Final = re.compile(
    r"\d{1,3}(?:(?:\s?\{,\s?\}|,\\!\s*|\\,|\\ |\\;)\d{3})+(?![\d])(?:\.\d+)?"
)
_THOUSANDS: Final = re.compile(r"\d{1,3}(?:,\d{3})+(?![\d,])(?:\.\d+)?(?!,)")
_COMMA: Final = re.compile(r"\d+\{,\}\d+")
_NOT_DIGITS: Final = re.compile(r"[^\d.]")
_BRACED: Final = re.compile(r"\s*\{([^{}]*)\}")
_SKIP: Final = re.compile(r"(?:\s*\[-?[\d.]+\s*[a-z]{2}\])?")
_OPERATORS: Final[dict[str, tuple[str, str]]] = {
    "!=": ("rel", "ne"),
    "<=": ("rel", "le"),
    ">=": ("rel", "ge"),
    ":=": ("rel", "defined_as"),
    "->": ("rel", "tends_to"),
    "=": ("rel", "eq"),
    "<": ("rel", "lt"),
    ">": ("rel", "gt"),
    "|": ("bar", "|"),
    "{": ("{{", "{"),
    "}": ("}}", "}"),
}
_LETTERS: Final = re.compile(r"[A-Za-z]+")


def tokenize(text: str, notation: Notation, start: int, end: int) -> list[Token]:
    """Split LaTeX into tokens, or say which command is unknown."""
    return LatexScan(text, notation, start, end).run()


class LatexScan:
    """The state of one scan: what was found, and which brackets are open."""

    __slots__ = (
        "brackets",
        "end",
        "environments",
        "lefts",
        "notation",
        "seen",
        "split",
        "start",
        "text",
        "tokens",
    )

    def __init__(self, text: str, notation: Notation, start: int, end: int) -> None:
        self.text = text
        self.notation = notation
        self.start = start
        self.end = end
        self.tokens: list[Token] = []
        self.brackets: list[str] = []
        self.environments: list[str] = []
        self.lefts: list[str] = []
        self.seen: set[str] = set()
        self.split = latex_splitter(notation)

    def run(self) -> list[Token]:
        """Return the tokens, with bars and differentials settled."""
        text, at, end = self.text, self.start, self.end
        while at < end:
            match = _TOKEN.match(text, at, end)
            if match is None:
                at = self._sign(at)
                continue
            kind = match.lastgroup
            if kind in ("space", "stop"):  # a full stop before a line ends
                at = match.end()
            elif kind == "word":
                at = self._word(match[0], at)
            elif kind == "num":
                at = self._number(match)
            elif kind == "op":
                at = self._operator(match[0], at)
            else:
                at = self._command(match[0][1:], at, match.end())
        tokens = self.tokens
        tokens.append(Token("end", "", end, end))
        if self.seen & {"bar", "norm"}:
            tokens = settle(tokens, text)
        return join_differentials(tokens) if "integral" in self.seen else tokens

    def add(
        self, kind: str, value: str, start: int, end: int, tree: Tree | None = None
    ) -> int:
        """Append a token, and return where the next one starts."""
        self.tokens.append(Token(kind, value, start, end, tree))
        self.seen.add(kind)
        return end

    def fail(self, at: int, expected: str) -> Unreadable:
        """Return the error to raise at *at*."""
        return Unreadable(at, expected, self.text)

    def _sign(self, at: int) -> int:
        sign = self.text[at]
        constant = CONSTANTS_BY_SIGN.get(sign)
        if constant is not None:
            return self.add("name", sign, at, at + 1, constant)
        found = SIGNS.get(sign)
        if found is None:
            raise self.fail(at, "a number, a letter or a command")
        self.bracket(found[0])
        return self.add(*found, at, at + 1)

    def _word(self, word: str, at: int) -> int:
        found = self.split.tokens(word, "", at, at + len(word), self.text)
        self.tokens += found
        return found[-1].end

    def _number(self, match: re.Match[str]) -> int:
        at, end, digits = match.start(), match.end(), match[0]
        text = self.text
        repeated = REPEATING.match(text, at) if "\\" in text else None
        grouped = _GROUPED.match(text, at)
        if grouped is None and not self.brackets and self.notation.thousands:
            grouped = _THOUSANDS.match(text, at)
        if grouped is not None:
            end, digits = grouped.end(), _NOT_DIGITS.sub("", grouped[0])
        elif text.startswith("{,}", end) or self.notation.decimal_comma:
            comma = _COMMA.match(text, at)
            if comma is not None:
                end, digits = comma.end(), comma[0].replace("{,}", ".")
        if repeated is not None:
            end = repeated.end()
        number = repeating(repeated) if repeated else numeral(digits)
        if number is None:
            raise self.fail(at, LIMITS)
        return self.add("num", digits, at, end, number)

    def _operator(self, sign: str, at: int) -> int:
        end = at + len(sign)
        if sign == "_":
            return self._subscript(at)
        if sign == "!!":
            return self.add(sign, sign, at, end)
        if sign[0] in "!'" and sign != "!=":
            for place in range(at, end):
                self.add(sign[0], sign[0], place, place + 1)
            return end
        if (
            sign == "&"
            and self.environments
            and self.environments[-1] in tables.ALIGNED
        ):
            return end
        if sign == ":" and self.brackets and self.brackets[-1] == "}":
            return self.add("mid", sign, at, end)
        kind, value = _OPERATORS.get(sign, (sign, sign))
        self.bracket(kind)
        return self.add(kind, value, at, end)

    def bracket(self, kind: str) -> None:
        """Note a bracket that opens or closes."""
        if kind in ("(", "[", "{"):
            self.brackets.append({"(": ")", "[": "]", "{": "}"}[kind])
        elif kind == "{{":
            before = self.tokens[-1].kind if self.tokens else ""
            if before != "boxed":
                self.brackets.append("}}")
            else:
                self.brackets.append("boxed")
        elif kind in (")", "]", "}", "}}") and self.brackets:
            self.brackets.pop()
        if self.brackets == ["boxed"]:
            self.brackets = []

    def _subscript(self, at: int) -> int:
        r"""Read `_i`, `_{12}`, `_{\text{data}}` whole; anything else is an expression."""
        self.add("_", "_", at, at + 1)
        found = subscript_token(self.text, at + 1)
        if found is None:
            return at + 1
        self.tokens.append(found)
        return found.end

    def _command(self, name: str, at: int, end: int) -> int:
        operator = tables.OPERATOR_COMMANDS.get(name)
        if operator is not None:
            self.bracket(operator[0])
            if (
                operator[0] == "extremum"
                and self.tokens
                and self.tokens[-1].value == "arg"
            ):
                at = self.tokens.pop().start
                return self.add("extremum", f"arg{operator[1]}", at, end)
            if operator[1] == "*":
                return self.add("*", product_sign(name, self.text, at, end), at, end)
            return self.add(*operator, at, end)
        if name in tables.SPACING:
            return end
        greek = tables.GREEK_COMMANDS.get(name)
        if greek is not None and name != "Gamma":
            return self.add("name", greek, at, end, Symbol(greek))
        constant = tables.CONSTANT_COMMANDS.get(name)
        if constant is not None:
            return self._constant(name, constant, at, end)
        return self._other_command(name, at, end)

    def _constant(self, name: str, constant: Tree, at: int, end: int) -> int:
        tree = Symbol(name) if name in self.notation.names else constant
        return self.add("name", name, at, end, tree)

    def _other_command(self, name: str, at: int, end: int) -> int:
        if name in tables.SIZES:
            return read_delimiter(self, name, at, end)
        if name in tables.TEXTS or name in tables.FONTS:
            return self._font(name, at, end)
        if name in tables.ACCENTS:
            return self.add("accent", tables.ACCENTS[name], at, end)
        if name in ("begin", "end"):
            return read_environment(self, name, at, end)
        if name == "\\":
            return self._newline(at, end)
        if name == "Gamma":
            return self._gamma(at, end)
        function = tables.FUNCTION_COMMANDS.get(name)
        if function is not None:
            return self.add(*function, at, end)
        return self._rare_command(name, at, end)

    def _gamma(self, at: int, end: int) -> int:
        if "Gamma" not in self.notation.names and re.match(
            r"\s*(?:\\left|\\big)?\s*\(", self.text[end : end + 12]
        ):
            return self.add("call", "gamma", at, end)
        return self.add("name", "Gamma", at, end, Symbol("Gamma"))

    def _rare_command(self, name: str, at: int, end: int) -> int:
        if name in tables.SPACING_WITH_ARGUMENT:
            argument = _BRACED.match(self.text, end)
            if argument is not None:
                return argument.end()
        if name == "not":
            return self._crossed_out(at, end)
        if name in self.notation.names | self.notation.functions:
            return self.add("name", name, at, end, Symbol(name))
        # a space lost after a delimiter or a space: \lvertx, \quadx
        shorter = name[:-1]
        if shorter in tables.SPACING or shorter in DELIMITERS:
            return self._command(shorter, at, end - 1)
        raise self.fail(at, tables.REFUSED.get(name, "a command of mathematics"))

    def _crossed_out(self, at: int, end: int) -> int:
        r"""Read `\not=` and `\not\in`."""
        match = _TOKEN.match(self.text, end, self.end)
        word = match[0].lstrip("\\") if match is not None else ""
        known = _OPERATORS.get(word) or tables.OPERATOR_COMMANDS.get(word)
        relation = known[1] if known else ""
        negated = tables.NEGATED.get(relation)
        if match is None or negated is None:
            raise self.fail(end, "a relation after \\not")
        return self.add("rel", negated, at, match.end())

    def _font(self, name: str, at: int, end: int) -> int:
        return read_font(self, name, at, end)

    def _newline(self, at: int, end: int) -> int:
        doubled = _LETTERS.match(self.text, end)
        if doubled is not None and not self.environments:
            # a backslash doubled on its way through JSON: there are no lines to end here
            return self._command(doubled[0], at, doubled.end())
        skip = _SKIP.match(self.text, end)
        return self.add("newline", "\\\\", at, skip.end() if skip else end)
