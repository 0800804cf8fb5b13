"""LaTeX of titles and remarks -> one line of plain text, for where nothing is typeset.

It is read by people alone: what has no sign of its own stays as it was written.
"""

import re
from collections.abc import Iterator
from typing import Final
from unicodedata import normalize

from grader.model.feedback import Piece, Sentence

_GREEK: Final = {
    name: normalize("NFKC", letter)
    for name, letter in zip(
        [
            "alpha",
            "beta",
            "gamma",
            "delta",
            "epsilon",
            "zeta",
            "eta",
            "theta",
            "iota",
            "kappa",
            "lambda",
            "mu",
            "nu",
            "xi",
            "omicron",
            "pi",
            "rho",
            "varsigma",
            "sigma",
            "tau",
            "upsilon",
            "varphi",
            "chi",
            "psi",
            "omega",
        ],
        "αβγδεζηθικλμνξοπρςστυφχψω",
        strict=True,
    )
}
_SIGNS: Final = {
    **_GREEK,
    **{name.capitalize(): letter.upper() for name, letter in _GREEK.items()},
    "phi": "φ", "varepsilon": "ε", "vartheta": "θ", "ell": "ℓ", "hbar": "ħ",
    "infty": "∞", "partial": "∂", "nabla": "∇", "sum": "∑", "prod": "∏", "int": "∫",
    "le": "≤", "leq": "≤", "ge": "≥", "geq": "≥", "ne": "≠", "neq": "≠", "approx": "≈",
    "sim": "~", "to": "→", "rightarrow": "→", "mapsto": "↦", "in": "∈", "subset": "⊂",
    "cup": "∪", "cap": "∩", "cdot": "·", "times": "×", "pm": "±", "circ": "∘",
    "ldots": "…", "cdots": "…", "dots": "…", "mid": "|", "lvert": "|", "rvert": "|",
    "|": "‖", "{": "{", "}": "}", "%": "%", ",": " ", ";": " ", ":": " ", "!": "",
    "quad": " ", "qquad": " ", "left": "", "right": "", "top": "T",
}  # fmt: skip
_ACCENTS: Final = {
    "bar": "\u0304", "overline": "\u0304", "hat": "\u0302", "widehat": "\u0302",
    "tilde": "\u0303", "dot": "\u0307", "ddot": "\u0308", "vec": "\u20d7",
}  # fmt: skip
_PLAIN: Final = frozenset(
    {"text", "mathrm", "mathbf", "mathbb", "mathcal", "operatorname", "boldsymbol"}
)
_RAISED: Final = str.maketrans("0123456789+-=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ")
_LOWERED: Final = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
_MARKED: Final = re.compile(r"\$([^$]+)\$")
_SIGN: Final = re.compile(r"\\[A-Za-z]+|\\.|\s+|.", re.DOTALL)
DEEPEST_GROUPS: Final = 50  # braces in braces; what lies deeper is left out


def linear(sentence: Sentence) -> str:
    """Return *sentence* as plain text, its mathematics in signs where there are any."""
    return "".join(linear_piece(piece) for piece in sentence)


def linear_title(title: str) -> str:
    """Return a title as plain text, what stands between its dollar signs in signs."""
    return _MARKED.sub(lambda found: linear_latex(found[1]), title)


def linear_piece(piece: Piece) -> str:
    """Return one piece as plain text."""
    return linear_latex(piece.text) if piece.kind == "mathematics" else piece.text


def linear_latex(latex: str) -> str:
    r"""Return LaTeX as people type it without: `x̄` for `\bar x`, `a/b` for a fraction."""
    text = _run(iter(_SIGN.findall(latex)), depth=0)
    return " ".join(normalize("NFC", text).split())


def _run(signs: Iterator[str], *, depth: int) -> str:
    """Read to the end of a group."""
    read = (_one(sign, signs, depth) for sign in iter(lambda: next(signs, "}"), "}"))
    return "".join(read)


def _one(sign: str, signs: Iterator[str], depth: int) -> str:
    match sign:
        case "{":
            return _run(signs, depth=depth + 1) if depth < DEEPEST_GROUPS else ""
        case "^":
            return _script(_next(signs, depth), "^", _RAISED)
        case "_":
            return _script(_next(signs, depth), "_", _LOWERED)
        case _ if sign.startswith("\\"):
            return _command(sign[1:], signs, depth)
        case _:
            return sign


def _command(name: str, signs: Iterator[str], depth: int) -> str:
    match name:
        case "frac" | "dfrac" | "tfrac":
            above = _grouped(_next(signs, depth))
            return f"{above}/{_grouped(_next(signs, depth))}"
        case "sqrt":
            return f"√{_grouped(_next(signs, depth))}"
        case _ if name in _ACCENTS:
            text = _next(signs, depth)
            return f"{text[:1]}{_ACCENTS[name]}{text[1:]}" if text else ""
        case _ if name in _PLAIN:
            return _next(signs, depth)
        case _:
            return _SIGNS.get(name, name)


def _next(signs: Iterator[str], depth: int) -> str:
    """Return the argument that comes next: a group, or a single sign."""
    for sign in signs:
        if not sign.isspace():
            return _one(sign, signs, depth)
    return ""


def _script(text: str, mark: str, small: dict[int, int]) -> str:
    """Return an exponent or an index in small signs, where each of it has one."""
    raised = text.translate(small)
    if text and not set(raised) & set(text):
        return raised
    return mark + (f"({text})" if len(text) > 1 and mark == "^" else text)


def _grouped(text: str) -> str:
    alone = len(normalize("NFC", text)) <= 1 or text.isdigit()
    return text if alone else f"({text})"
