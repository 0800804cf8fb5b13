"""The parts of a formula -> LaTeX."""

import re
from collections.abc import Sequence
from typing import Final

from grader.maths.printers.spelled import spelled
from grader.maths.readers.names import each

_PLAIN: Final = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)*")
_LETTERS: Final = re.compile(r"[A-Za-z]+")
_UNSAFE: Final = re.compile(r"[^\w .,;:()+*/=<>?!'-]")
_TIGHT: Final = ((" ,", ","), (" !", "!"), (" '", "'"))
_FENCES: Final = {
    "{": "\\{",
    "}": "\\}",
    "‖": "\\|",
    "⌊": "\\lfloor ",
    "⌋": "\\rfloor ",
    "⌈": "\\lceil ",
    "⌉": "\\rceil ",
}
_SIGNS: Final = {
    "plus": "+", "minus": "-", "times": "\\cdot", "comma": ",", "given": "\\mid",
    "parallel": "\\|", "prime": "'", "factorial": "!", "percent": "\\%", "space": "\\,",
    "degrees": "\\circ", "transpose": "\\top", "adjoint": "\\dagger", "not": "\\lnot",
    "plus_minus": "\\pm", "minus_plus": "\\mp", "eq": "=", "ne": "\\ne", "lt": "<",
    "le": "\\le", "gt": ">", "ge": "\\ge", "approx": "\\approx", "in": "\\in",
    "proportional": "\\propto", "equivalent": "\\equiv", "much_less": "\\ll",
    "much_greater": "\\gg", "not_in": "\\notin", "owns": "\\ni", "not_owns": "\\not\\ni", "subset": "\\subset",
    "subset_eq": "\\subseteq", "superset": "\\supset", "superset_eq": "\\supseteq",
    "tends_to": "\\to", "defined_as": ":=", "distributed": "\\sim", "mod": "\\bmod",
    "and": "\\text{ and }", "or": "\\text{ or }", "implies": "\\implies", "iff": "\\iff",
    "union": "\\cup", "intersection": "\\cap", "set_minus": "\\setminus",
    "symmetric_difference": "\\triangle", "hadamard": "\\odot", "kronecker": "\\otimes",
    "differential": "\\mathrm{d}", "partial": "\\partial", "nabla": "\\nabla",
    "expectation": "\\mathbb{E}", "variance": "\\operatorname{Var}",
    "covariance": "\\operatorname{Cov}", "probability": "\\mathbb{P}",
    "indicator": "\\mathbb{1}", "normal": "\\mathcal{N}", "entropy": "\\mathbb{H}",
    "kl": "D_{\\mathrm{KL}}", "identity": "I",
}  # fmt: skip
_BIG: Final = {
    "sum": "\\sum",
    "product": "\\prod",
    "integral": "\\int",
    "limit": "\\lim",
    "max": "\\max",
    "min": "\\min",
    "argmax": "\\operatorname{argmax}",
    "argmin": "\\operatorname{argmin}",
}
_CONSTANTS: Final = {
    "pi": "\\pi",
    "oo": "\\infty",
    "empty_set": "\\emptyset",
    "naturals": "\\mathbb{N}",
    "integers": "\\mathbb{Z}",
    "rationals": "\\mathbb{Q}",
    "reals": "\\mathbb{R}",
    "complexes": "\\mathbb{C}",
    "true": "\\mathrm{true}",
    "false": "\\mathrm{false}",
    "nan": "\\mathrm{nan}",
    "zoo": "\\mathrm{zoo}",
    "euler_gamma": "\\gamma_{E}",
}
_FUNCTIONS: Final = {
    **{
        name: f"\\{name}"
        for name in each(
            "sin cos tan cot sec csc sinh cosh tanh coth exp ln det arg gcd max min"
        )
    },
    "asin": "\\arcsin",
    "acos": "\\arccos",
    "atan": "\\arctan",
    "log": "\\log",
    "gamma": "\\Gamma",
    "trace": "\\operatorname{tr}",
    "beta": "\\operatorname{Beta}",
    "lambda": "\\operatorname{Lambda}",
    "tuple": "\\operatorname{Tuple}",
    "list": "\\operatorname{List}",
    "sum": "\\operatorname{Sum}",
    "product": "\\operatorname{Product}",
    "integral": "\\operatorname{Integral}",
    "identity": "\\operatorname{Identity}",
}
_ENVIRONMENTS: Final = {"matrix": "bmatrix", "cases": "cases"}


class LatexInk:
    """Draws in LaTeX."""

    def number(self, digits: str) -> str:
        """Draw a number."""
        return digits

    def name(self, name: str) -> str:
        """Draw a name; one that LaTeX cannot spell is drawn as it is."""
        if not _PLAIN.fullmatch(name):
            return self.words(name)
        parts = spelled(name)
        drawn = _base(parts.base, greek=parts.is_greek)
        if parts.accent:
            drawn = f"\\{parts.accent}{{{drawn}}}"
        if parts.font:
            font = {"cal": "mathcal", "bb": "mathbb", "bold": "mathbf"}[parts.font]
            drawn = f"\\{font}{{{drawn}}}"
        if parts.below:
            drawn += f"_{{{','.join(_sub(part) for part in parts.below)}}}"
        above = f"({parts.label})" if parts.label else parts.mark
        return f"{drawn}^{{{above}}}" if above else drawn

    def constant(self, name: str) -> str:
        """Draw a constant."""
        return _CONSTANTS.get(name, name)

    def words(self, words: str) -> str:
        """Draw upright words, without what TeX would take for a command."""
        return f"\\text{{{_UNSAFE.sub(' ', words)}}}"

    def function(self, name: str) -> str:
        """Draw the name of a known function."""
        escaped = name.replace("_", "\\_")
        return _FUNCTIONS.get(name, f"\\operatorname{{{escaped}}}")

    def sign(self, sign: str) -> str:
        """Draw an operator or a relation."""
        return _SIGNS[sign]

    def row(self, parts: Sequence[str]) -> str:
        """Draw parts one after another."""
        line = " ".join(part for part in parts if part)
        if line.startswith("- "):
            line = f"-{line[2:]}"
        for loose, tight in _TIGHT:
            line = line.replace(loose, tight)
        return line

    def applied(self, head: str, inner: str) -> str:
        """Draw what is applied, and the brackets that it is applied to."""
        return f"{head}{inner}"

    def group(self, inner: str) -> str:
        """Draw *inner* as one piece without marks around it."""
        return f"{{{inner}}}"

    def fenced(self, left: str, inner: str, right: str) -> str:
        """Draw *inner* between two marks that grow with it."""
        opening, closing = _FENCES.get(left, left), _FENCES.get(right, right)
        return f"\\left{opening}{inner}\\right{closing}".rstrip()

    def fraction(self, top: str, bottom: str) -> str:
        """Draw a fraction."""
        return f"\\frac{{{top}}}{{{bottom}}}"

    def root(self, inner: str, degree: str) -> str:
        """Draw a root."""
        return f"\\sqrt[{degree}]{{{inner}}}" if degree else f"\\sqrt{{{inner}}}"

    def above(self, base: str, upper: str) -> str:
        """Draw a superscript."""
        return f"{base}^{{{upper}}}"

    def below(self, base: str, lower: str) -> str:
        """Draw a subscript."""
        return f"{base}_{{{lower}}}"

    def bounded(self, sign: str, lower: str, upper: str) -> str:
        """Draw a big sign with its bounds."""
        drawn = _BIG[sign]
        drawn += f"_{{{lower}}}" if lower else ""
        return drawn + (f"^{{{upper}}}" if upper else "")

    def table(self, rows: Sequence[Sequence[str]], kind: str) -> str:
        """Draw a matrix, cases, or a binomial coefficient."""
        if kind == "binomial":
            return f"\\binom{{{rows[0][0]}}}{{{rows[1][0]}}}"
        name = _ENVIRONMENTS[kind]
        lines = " \\\\ ".join(" & ".join(row) for row in rows)
        return f"\\begin{{{name}}} {lines} \\end{{{name}}}"


def _base(base: str, *, greek: bool) -> str:
    if greek or base in ("ell", "hbar"):
        return f"\\{base}"
    if len(base) == 1:
        return base
    return (
        f"\\mathrm{{{base}}}" if _LETTERS.fullmatch(base) else f"\\variable{{{base}}}"
    )


def _sub(part: str) -> str:
    if part.isdecimal() or len(part) == 1:
        return part
    drawn = _base(part, greek=spelled(part).is_greek)
    return drawn if drawn.startswith("\\") and "{" not in drawn else f"\\text{{{part}}}"
