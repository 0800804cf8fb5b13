"""Signs, scripts, fences and tables -> their elements of MathML."""

from html import escape
from typing import Final

from grader.export.signs import (
    FUNCTIONS,
    INTEGRALS,
    LARGE,
    LETTERS,
    LIMITS,
    OPERATORS,
    SPACES,
)

FENCES: Final = {
    "pmatrix": ("(", ")"),
    "bmatrix": ("[", "]"),
    "Bmatrix": ("{", "}"),
    "vmatrix": ("|", "|"),
    "Vmatrix": ("‖", "‖"),
    "cases": ("{", ""),
}
ALIGNED: Final = frozenset(
    [
        "align",
        "align*",
        "aligned",
        "alignat",
        "split",
        "eqnarray",
        "eqnarray*",
        "gather",
        "gather*",
        "gathered",
        "equation",
        "equation*",
        "multline",
        "multline*",
    ]
)
TABLES: Final = frozenset({"matrix", "smallmatrix", "array", *FENCES, *ALIGNED})


def plain(sign: str) -> str:
    """Return a number, a letter or a sign."""
    if sign[0].isdigit():
        return f"<mn>{escape(sign)}</mn>"
    if sign.isalpha():
        return f"<mi>{escape(sign)}</mi>"
    if sign == "~":
        return '<mspace width="0.25em"/>'
    if sign in "|‖":  # a bar is no relation here: no room around it
        return f'<mo stretchy="false" lspace="0" rspace="0">{sign}</mo>'
    if sign in "()[]":  # as high as typed: `\left` asks for more
        return f'<mo stretchy="false">{sign}</mo>'
    return f"<mo>{escape({'-': '−', '*': '∗'}.get(sign, sign))}</mo>"


def simple(name: str) -> str | None:
    """Return a command that stands for itself, or None where it takes arguments."""
    if name in LETTERS:
        return f"<mi>{LETTERS[name]}</mi>"
    if name in OPERATORS:
        stretchy = ' stretchy="false"' if OPERATORS[name] in "‖|(){}[]" else ""
        return f"<mo{stretchy}>{escape(OPERATORS[name])}</mo>"
    if name in LARGE or name in INTEGRALS:
        return f"<mo>{LARGE.get(name) or INTEGRALS[name]}</mo>"
    if name in FUNCTIONS or name in LIMITS:
        return (
            f"<mi>{name}</mi><mo>\u2061</mo>"
            if name in FUNCTIONS
            else f"<mo>{name}</mo>"
        )
    if name in SPACES:
        return f'<mspace width="{SPACES[name]}"/>'
    return None


def with_scripts(base: str, *, above: str, below: str, large: bool) -> str:
    """Return *base* with what stands above and below it."""
    if not above and not below:
        return base
    base = f"<mrow>{base}</mrow>"
    above = f"<mrow>{above}</mrow>" if above else ""
    below = f"<mrow>{below}</mrow>" if below else ""
    under, over, both = (
        ("munder", "mover", "munderover") if large else ("msub", "msup", "msubsup")
    )
    tag = both if above and below else over if above else under
    return f"<{tag}>{base}{below}{above}</{tag}>"


def fence(opening: str, inside: str, closing: str) -> str:
    """Return *inside* between delimiters as high as it; an empty one is none."""
    left = f'<mo fence="true" stretchy="true">{escape(opening)}</mo>' if opening else ""
    right = (
        f'<mo fence="true" stretchy="true">{escape(closing)}</mo>' if closing else ""
    )
    return f"<mrow>{left}{inside}{right}</mrow>"


def table(name: str, lines: list[list[str]]) -> str:
    """Return the rows of an environment called *name*."""
    rows = "".join(
        "<mtr>" + "".join(f"<mtd>{cell}</mtd>" for cell in line) + "</mtr>"
        for line in lines
    )
    kind = (
        ' class="lines"'
        if name in ALIGNED
        else ' class="cases"'
        if name == "cases"
        else ""
    )
    table = f"<mtable{kind}>{rows}</mtable>"
    return fence(FENCES[name][0], table, FENCES[name][1]) if name in FENCES else table
