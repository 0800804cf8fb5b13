"""LaTeX as it was typed -> MathML that looks alike; nothing is read into it.

This is typesetting, not reading: what the student wrote is shown as they wrote it,
right or wrong. A command that is not known leaves the whole as code.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import Final

from grader.export.mathml import TABLES, fence, plain, simple, table, with_scripts
from grader.export.signs import (
    ACCENTS,
    LARGE,
    LIMITS,
    OPERATORS,
    SILENT,
    STYLES,
    styled,
)
from grader.model.shown import visible

LONGEST_LATEX_CHARACTERS: Final = 8_000
"""A page of formulas; more is no formula."""

DEEPEST_NESTING: Final = 60
"""Far below what the interpreter's stack holds, far above what people write."""

_TOKEN: Final = re.compile(r"\\[A-Za-z]+\*?|\\.|\d+(?:[.]\d+)?|'+|\s+|.", re.DOTALL)
_SILENT: Final = frozenset(f"\\{name}" for name in SILENT)
_TEXT_COMMANDS: Final = frozenset(
    [
        "text",
        "textrm",
        "textbf",
        "textit",
        "mathrm",
        "operatorname",
        "operatorname*",
        "mbox",
        "rm",
        "mathit",
    ]
)


class _Unknown(Exception):
    """Something that is not typeset here."""


def to_mathml(latex: str, *, block: bool = False) -> str | None:
    """Return *latex* as a `math` element, or None where it cannot be typeset."""
    if len(latex) > LONGEST_LATEX_CHARACTERS:
        return None
    shown = visible(latex.strip(), limit=LONGEST_LATEX_CHARACTERS)
    signs = (sign for sign in _TOKEN.findall(shown) if sign not in _SILENT)
    reader = _Reader(list(signs))
    try:
        inside = reader.row(lambda sign: sign == "")
    except _Unknown:
        return None
    display = ' display="block"' if block else ""
    return f"<math{display}>{inside}</math>"


@dataclass(slots=True)
class _Reader:
    """Tokens, and how far they are read."""

    tokens: list[str]
    at: int = 0
    depth: int = 0

    def peek(self) -> str:
        """Return the next sign that is not blank; the end is an empty one."""
        while self.at < len(self.tokens) and self.tokens[self.at].isspace():
            self.at += 1
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def take(self) -> str:
        """Return the next sign and go past it."""
        sign = self.peek()
        self.at += 1
        return sign

    def row(self, ends: Callable[[str], bool]) -> str:
        """Return everything up to a sign that *ends* it, which stays."""
        parts: list[str] = []
        while not ends(self.peek()):
            if self.peek() == "":
                raise _Unknown
            parts.append(self.scripted())
        return f"<mrow>{''.join(parts)}</mrow>"

    def scripted(self) -> str:
        """Return an atom with what stands above and below it."""
        large = self.peek().removeprefix("\\") in LARGE.keys() | LIMITS
        base = "<mrow></mrow>" if self.peek() in {"^", "_"} else self.atom()
        above, below = "", ""
        while self.peek() in {"^", "_"} or self.peek().startswith("'"):
            sign = self.take()
            if sign.startswith("'"):
                above += f"<mo>{'′' * len(sign)}</mo>"
            elif sign == "^":
                above += self.argument()
            else:
                below += self.argument()
        return with_scripts(base, above=above, below=below, large=large)

    def argument(self) -> str:
        """Return what a command or script takes: of a number, as in TeX, one digit."""
        sign = self.peek()
        if len(sign) > 1 and sign[0].isdigit():
            self.tokens[self.at : self.at + 1] = [sign[0], sign[1:]]
        return self.atom()

    def atom(self) -> str:
        """Return one thing: a letter, a number, a group, a command with arguments."""
        self.depth += 1
        if self.depth > DEEPEST_NESTING:
            raise _Unknown
        sign = self.take()
        if sign == "{":
            made = self.row(lambda t: t == "}")
            self.take()
        elif sign.startswith("\\"):
            made = self.command(sign[1:])
        elif sign in {"", "}", "&", "^", "_"}:
            raise _Unknown
        else:
            made = plain(sign)
        self.depth -= 1
        return made

    def command(self, name: str) -> str:
        """Return what the command *name* makes of what follows it."""
        alone = simple(name)
        if alone is not None:
            return alone
        if name in STYLES:
            return self.letters(name)
        if name in _TEXT_COMMANDS:
            return self.words(name)
        if name in ACCENTS:
            mark = f'<mo stretchy="{str(name.startswith(("over", "wide"))).lower()}">'
            return f'<mover accent="true">{self.argument()}{mark}{ACCENTS[name]}</mo></mover>'
        if name not in _BUILDERS:
            raise _Unknown
        return _BUILDERS[name](self)

    def raw(self) -> str:
        """Return the characters of a braced group, as they stand."""
        if self.take() != "{":
            raise _Unknown
        depth, start = 1, self.at
        while depth and self.at < len(self.tokens):
            depth += {"{": 1, "}": -1}.get(self.tokens[self.at], 0)
            self.at += 1
        if depth:
            raise _Unknown
        return "".join(self.tokens[start : self.at - 1])

    def letters(self, style: str) -> str:
        """Return letters in a *style* of their own."""
        if self.peek() != "{":
            return f"<mi>{escape(styled(style, self.take()))}</mi>"
        text = self.raw().strip()
        if not re.fullmatch(r"[A-Za-z0-9]+", text):  # \mathbf{\mu}: typeset as it is
            return _Reader(_TOKEN.findall(text), depth=self.depth).row(
                lambda t: t == ""
            )
        return f"<mi>{escape(''.join(styled(style, c) for c in text))}</mi>"

    def words(self, name: str) -> str:
        """Return words upright; blanks at their ends are kept."""
        text = self.raw().replace("\\_", "_").replace("$", "")
        if name.startswith(("math", "operator")):
            return f'<mi mathvariant="normal">{escape(text)}</mi>'
        kept = re.sub(r"^\s|\s$", "\u00a0", text)
        return f"<mtext>{escape(kept)}</mtext>"

    def delimiter(self) -> str:
        """Return the character of the delimiter that comes next."""
        sign = self.take()
        if sign == ".":
            return ""
        if sign.startswith("\\"):
            if sign[1:] not in OPERATORS:
                raise _Unknown
            return OPERATORS[sign[1:]]
        return sign

    def fenced(self) -> str:
        """Return what stands between a left and a right delimiter."""
        opening = self.delimiter()
        inside = self.row(lambda t: t == "\\right")
        self.take()
        return fence(opening, inside, self.delimiter())

    def environment(self) -> str:
        """Return a matrix, cases or aligned lines."""
        name = self.raw()
        if name not in TABLES:
            raise _Unknown
        if name == "array":
            self.raw()
        lines: list[list[str]] = [[]]
        while True:
            cell = self.row(lambda t: t in {"&", "\\\\", "\\end"})
            lines[-1].append(cell)
            end = self.take()
            if end == "\\\\":
                lines.append([])
            if end == "\\end":
                break
        if self.raw() != name:
            raise _Unknown
        return table(name, [line for line in lines if line != ["<mrow></mrow>"]])


def _fraction(reader: _Reader) -> str:
    return f"<mfrac>{reader.argument()}{reader.argument()}</mfrac>"


def _binomial(reader: _Reader) -> str:
    above, below = reader.argument(), reader.argument()
    return fence("(", f'<mfrac linethickness="0">{above}{below}</mfrac>', ")")


def _root(reader: _Reader) -> str:
    if reader.peek() != "[":
        return f"<msqrt>{reader.argument()}</msqrt>"
    reader.take()
    degree = reader.row(lambda t: t == "]")
    reader.take()
    return f"<mroot>{reader.argument()}{degree}</mroot>"


def _above(reader: _Reader) -> str:
    top, base = reader.argument(), reader.argument()
    return f"<mover>{base}{top}</mover>"


def _below(reader: _Reader) -> str:
    low, base = reader.argument(), reader.argument()
    return f"<munder>{base}{low}</munder>"


def _braced(reader: _Reader) -> str:
    return f"<munder>{reader.argument()}<mo>⏟</mo></munder>"


def _underlined(reader: _Reader) -> str:
    return f"<munder>{reader.argument()}<mo>_</mo></munder>"


def _negated(reader: _Reader) -> str:
    return reader.argument().replace("</mo>", "\u0338</mo>")


def _tagged(reader: _Reader) -> str:
    return f'<mspace width="2em"/><mtext>({escape(reader.raw())})</mtext>'


_BUILDERS: Final[dict[str, Callable[[_Reader], str]]] = {
    "left": _Reader.fenced,
    "begin": _Reader.environment,
    **dict.fromkeys(["frac", "dfrac", "tfrac", "cfrac"], _fraction),
    **dict.fromkeys(["binom", "dbinom", "tbinom"], _binomial),
    "sqrt": _root,
    **dict.fromkeys(["overset", "stackrel"], _above),
    "underset": _below,
    "underbrace": _braced,
    "underline": _underlined,
    "not": _negated,
    "tag": _tagged,
    "boxed": _Reader.atom,
}
