r"""`\text{…}`, `\mathbf{x}`, `\operatorname{tr}` -> tokens."""

import re
from typing import TYPE_CHECKING, Final

from grader.maths.readers import latex_words as tables
from grader.maths.readers.latex_words import (
    GREEK_COMMANDS,
    TEXT_OPERATORS,
    TEXTS,
)
from grader.maths.readers.names import BLACKBOARD
from grader.maths.readers.numerals import numeral
from grader.maths.tree import Apply, Constant, Number, Symbol, Tree

if TYPE_CHECKING:
    from grader.maths.readers.latex_tokens import LatexScan

_ARGUMENT: Final = re.compile(
    r"\s*(?:\{((?:[^{}]|\{[^{}]*\})*)\}|\\([A-Za-z]+)|([A-Za-z0-9]))"
)
_NAME: Final = re.compile(r"\s*(?:\\([A-Za-z]+)|([A-Za-z]+)|(\d+))\s*")
# a scanner's letters with spaces between them: \operatorname { l o g }
_SPACED: Final = re.compile(r" *(?:[A-Za-z] +)+[A-Za-z] *")
_VARIABLE: Final = re.compile(r"[A-Za-z]\w*")
_UNIT_LIKE: Final = re.compile(r"[\s~]")
# a bold one before a condition is the indicator of it
_CONDITION: Final = re.compile(
    r"\s*(?:_\s*\{|(?:\\left\s*)?(?:\\\{|[\[(]))[^\])}]*?"
    r"(?:[<>=]|\\(?:in|le|ge|ne|leq|geq|neq)\b)"
)
_APPLIED: Final = re.compile(
    r"\s*(?:\\(?:left|big|bigl|Big|Bigl)\s*)?[(\[_^\\]|\s*\\?\{"
)

_WORDS: Final[dict[str, tuple[str, str]]] = {
    "E": ("expectation", "expectation"),
    "Var": ("moment", "variance"),
    "Cov": ("moment", "covariance"),
    "arg max": ("extremum", "argmax"),
    "arg min": ("extremum", "argmin"),
    "arg\\,max": ("extremum", "argmax"),
    "arg\\,min": ("extremum", "argmin"),
    "argmax": ("extremum", "argmax"),
    "argmin": ("extremum", "argmin"),
    "max": ("extremum", "max"),
    "min": ("extremum", "min"),
    "sup": ("extremum", "max"),
    "inf": ("extremum", "min"),
    "lim": ("lim", "limit"),
    "Pr": ("probability", "Pr"),
    "T": ("top", "T"),
}
_BB: Final[dict[str, tuple[str, str]]] = {
    "E": ("expectation", "expectation"),
    "V": ("moment", "variance"),
    "P": ("probability", "P"),
    "H": ("moment", "entropy"),
    "1": ("indicator", "1"),
    "I": ("indicator", "1"),
}


def read_font(scan: "LatexScan", command: str, at: int, end: int) -> int:
    """Read the argument of a font or text command, and return where it ends."""
    if scan.text.startswith("*", end) and command == "operatorname":
        end += 1
    match = _ARGUMENT.match(scan.text, end)
    if match is None:
        raise scan.fail(end, f"something in braces after \\{command}")
    content = next(group for group in match.groups() if group is not None)
    if match[2] is not None:
        content = f"\\{content}"
    if command in TEXTS:
        return _text(scan, content, at, match.end())
    style = tables.FONTS[command]
    if _SPACED.fullmatch(content):
        content = content.replace(" ", "")
    if style == "variable":
        return _variable(scan, content, at, match.end())
    return _styled(scan, style, content, at, match)


def _variable(scan: "LatexScan", content: str, at: int, end: int) -> int:
    if not _VARIABLE.fullmatch(content):
        raise scan.fail(at, "a name in the braces")
    return scan.add("tree", content, at, end, Symbol(content))


def _text(scan: "LatexScan", content: str, at: int, end: int) -> int:
    words = " ".join(content.replace("~", " ").split()).strip(" ,.;:")
    operator = TEXT_OPERATORS.get(words.lower())
    if operator is not None:
        return scan.add(*operator, at, end)
    if not words:
        return end
    if words.isalpha() and _APPLIED.match(scan.text, end):
        return _word(scan, words, at, end)
    return scan.add("text", words, at, end, None)


def _styled(
    scan: "LatexScan", style: str, content: str, at: int, match: re.Match[str]
) -> int:
    end = match.end()
    known = _known_word(style, content.strip())
    if known is not None:
        return scan.add(*known, at, end)
    name = _NAME.fullmatch(content)
    if name is None or (name[1] and name[1] not in GREEK_COMMANDS):
        if style == "italic":
            raise scan.fail(at, "one name in the braces")
        return _spread(scan, match)
    command, word, digits = name.groups()
    if digits is not None:
        return _digits(scan, style, digits, at, end)
    if command is None and style == "roman" and len(word) > 1:
        return _word(scan, word, at, end)
    word = word or GREEK_COMMANDS[command]
    return scan.add("name", word, at, end, _named(scan, style, word))


def _known_word(style: str, plain: str) -> tuple[str, str] | None:
    """Return the operator that a word in this font is: E, Var, argmax, tr."""
    if style == "bb":
        return _BB.get(plain)
    if style == "bold":
        return _WORDS.get(plain) if plain in ("E", "Var", "Cov", "Pr") else None
    if style != "roman":
        return None
    escaped = plain.replace("\\_", "_")
    if not escaped.isalpha() and escaped in tables.FUNCTION_COMMANDS:
        return tables.FUNCTION_COMMANDS[escaped]
    return _WORDS.get(plain)


def _spread(scan: "LatexScan", match: re.Match[str]) -> int:
    """Let the font go and read what stands in its braces."""
    start = match.start(1) - 1 if match[1] is not None else match.start()
    while scan.text[start].isspace():
        start += 1
    return start


def _digits(scan: "LatexScan", style: str, digits: str, at: int, end: int) -> int:
    if style == "italic":
        raise scan.fail(at, "one name in the braces")
    tree: Tree | None = numeral(digits)
    if tree is None:
        raise scan.fail(at, "a shorter number")
    if style == "bold" and digits == "1" and _CONDITION.match(scan.text, end):
        return scan.add("indicator", "1", at, end)
    if style == "bold" and digits in "01":
        return scan.add(
            "name", digits, at, end, Apply("zeros" if digits == "0" else "ones", ())
        )
    kind = "num" if isinstance(tree, Number) else "name"
    return scan.add(kind, digits, at, end, tree)


def _word(scan: "LatexScan", word: str, at: int, end: int) -> int:
    """Read the name of a function or a quantity that has several letters."""
    found = _WORDS.get(word)
    if found is not None:
        return scan.add(*found, at, end)
    if word in scan.notation.names or word in scan.notation.functions:
        return scan.add("name", word, at, end, Symbol(word))
    if word in ("true", "false", "nan"):
        return scan.add("name", word, at, end, Constant(word))
    known = tables.FUNCTION_COMMANDS.get(word)
    if known is not None:
        return scan.add(*known, at, end)
    return scan.add("applied", word, at, end, Symbol(word))


def _named(scan: "LatexScan", style: str, word: str) -> Tree:
    names = scan.notation.names
    if style == "bb":
        constant = BLACKBOARD.get(word)
        if constant is not None:
            return constant
    full = f"{word}_{style}"
    if full in names:
        return Symbol(full)
    if style in ("cal", "bb"):
        return Symbol(word) if word in names else Symbol(full)
    if style == "roman" and word in ("e", "i", "j") and word not in names:
        return Constant("e" if word == "e" else "i")
    if (
        style == "italic"
        and len(word) == 1
        and word in ("e", "i")
        and word not in names
    ):
        return Constant(word)
    return Symbol(word)
