"""The parts of a formula -> MathML; every text in it is escaped."""

from collections.abc import Sequence
from html import escape
from typing import Final

from grader.maths.printers.spelled import spelled
from grader.maths.readers.names import GREEK

_LETTERS: Final = {word: letter for letter, word in reversed(GREEK.items())}
_SIGNS: Final = {
    "plus": "+", "minus": "−", "times": "·", "comma": ",", "given": "|", "parallel": "‖",
    "prime": "′", "factorial": "!", "percent": "%", "degrees": "°", "transpose": "⊤",
    "adjoint": "†", "not": "¬", "plus_minus": "±", "minus_plus": "∓", "eq": "=", "ne": "≠",
    "lt": "<", "le": "≤", "gt": ">", "ge": "≥", "approx": "≈", "proportional": "∝",
    "equivalent": "≡", "much_less": "≪", "much_greater": "≫", "in": "∈", "not_in": "∉", "owns": "∋",
    "not_owns": "∌",
    "subset": "⊂", "subset_eq": "⊆", "superset": "⊃", "superset_eq": "⊇", "tends_to": "→",
    "defined_as": "≔", "distributed": "∼", "mod": "mod", "and": "and", "or": "or",
    "implies": "⇒", "iff": "⇔", "union": "∪", "intersection": "∩", "set_minus": "∖",
    "symmetric_difference": "△", "hadamard": "⊙", "kronecker": "⊗", "partial": "∂",
    "nabla": "∇",
}  # fmt: skip
_UPRIGHT: Final = {
    "differential": "d",
    "expectation": "𝔼",
    "variance": "Var",
    "covariance": "Cov",
    "probability": "ℙ",
    "indicator": "𝟙",
    "normal": "𝒩",
    "entropy": "ℍ",
    "kl": "KL",
    "identity": "I",
}
_BIG: Final = {"sum": "∑", "product": "∏", "integral": "∫", "limit": "lim"}
_CONSTANTS: Final = {
    "pi": "π",
    "oo": "∞",
    "zoo": "∞̃",
    "empty_set": "∅",
    "naturals": "ℕ",
    "integers": "ℤ",
    "rationals": "ℚ",
    "reals": "ℝ",
    "complexes": "ℂ",
    "euler_gamma": "γ",
}
_ACCENTS: Final = {
    "hat": "^",
    "bar": "¯",
    "tilde": "~",
    "check": "ˇ",
    "breve": "˘",
    "dot": "˙",
    "ddot": "¨",
    "vec": "→",
}
_NAMES: Final = {
    "asin": "arcsin",
    "acos": "arccos",
    "atan": "arctan",
    "trace": "tr",
    "gamma": "Γ",
}


class MathmlInk:
    """Draws in MathML."""

    def number(self, digits: str) -> str:
        """Draw a number."""
        return f"<mn>{escape(digits)}</mn>"

    def name(self, name: str) -> str:
        """Draw a name with its accents and subscripts."""
        parts = spelled(name)
        drawn = f"<mi>{escape(_LETTERS.get(parts.base, parts.base))}</mi>"
        if parts.accent:
            drawn = (
                f'<mover accent="true">{drawn}<mo>{_ACCENTS[parts.accent]}</mo></mover>'
            )
        if parts.below:
            below = ",".join(_LETTERS.get(part, part) for part in parts.below)
            drawn = f"<msub>{drawn}<mi>{escape(below)}</mi></msub>"
        above = f"({parts.label})" if parts.label else parts.mark
        return f"<msup>{drawn}<mi>{escape(above)}</mi></msup>" if above else drawn

    def constant(self, name: str) -> str:
        """Draw a constant."""
        return f"<mi>{escape(_CONSTANTS.get(name, name))}</mi>"

    def words(self, words: str) -> str:
        """Draw upright words."""
        return f"<mtext>&nbsp;{escape(words)}&nbsp;</mtext>"

    def function(self, name: str) -> str:
        """Draw the name of a known function."""
        return f"<mi>{escape(_NAMES.get(name, name.replace('_', ' ')))}</mi>"

    def sign(self, sign: str) -> str:
        """Draw an operator or a relation."""
        if sign == "space":
            return ""
        upright = _UPRIGHT.get(sign)
        if upright is not None:
            return f'<mi mathvariant="normal">{escape(upright)}</mi>'
        return f"<mo>{escape(_SIGNS[sign])}</mo>"

    def row(self, parts: Sequence[str]) -> str:
        """Draw parts one after another."""
        return f"<mrow>{''.join(parts)}</mrow>"

    def applied(self, head: str, inner: str) -> str:
        """Draw what is applied, and the brackets that it is applied to."""
        return f"<mrow>{head}{inner}</mrow>"

    def group(self, inner: str) -> str:
        """Draw *inner* as one piece."""
        return f"<mrow>{inner}</mrow>"

    def fenced(self, left: str, inner: str, right: str) -> str:
        """Draw *inner* between two marks that grow with it."""
        opening = f'<mo fence="true">{escape(left)}</mo>'
        return f'<mrow>{opening}{inner}<mo fence="true">{escape(right)}</mo></mrow>'

    def fraction(self, top: str, bottom: str) -> str:
        """Draw a fraction."""
        return f"<mfrac>{_one(top)}{_one(bottom)}</mfrac>"

    def root(self, inner: str, degree: str) -> str:
        """Draw a root."""
        if degree:
            return f"<mroot>{_one(inner)}{_one(degree)}</mroot>"
        return f"<msqrt>{inner}</msqrt>"

    def above(self, base: str, upper: str) -> str:
        """Draw a superscript."""
        return f"<msup>{_one(base)}{_one(upper)}</msup>"

    def below(self, base: str, lower: str) -> str:
        """Draw a subscript."""
        return f"<msub>{_one(base)}{_one(lower)}</msub>"

    def bounded(self, sign: str, lower: str, upper: str) -> str:
        """Draw a big sign with its bounds."""
        big = f"<mo>{_BIG.get(sign, sign)}</mo>"
        if lower and upper:
            return f"<munderover>{big}{_one(lower)}{_one(upper)}</munderover>"
        return f"<munder>{big}{_one(lower)}</munder>" if lower else big

    def table(self, rows: Sequence[Sequence[str]], kind: str) -> str:
        """Draw a matrix, cases, or a binomial coefficient."""
        lines = "".join(
            f"<mtr>{''.join(f'<mtd>{cell}</mtd>' for cell in row)}</mtr>"
            for row in rows
        )
        table = f"<mtable>{lines}</mtable>"
        if kind == "cases":
            return f'<mrow><mo fence="true">{{</mo>{table}</mrow>'
        left, right = ("[", "]") if kind == "matrix" else ("(", ")")
        return self.fenced(left, table, right)


def _one(drawn: str) -> str:
    """Return *drawn* as one element, which scripts and fractions need."""
    return f"<mrow>{drawn}</mrow>"
