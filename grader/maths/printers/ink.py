"""What a two-dimensional syntax must be able to draw; LaTeX and MathML both can."""

from collections.abc import Sequence
from typing import Protocol


class Ink(Protocol):
    """One way to draw the parts of a formula."""

    def number(self, digits: str) -> str:
        """Draw a number."""
        ...

    def name(self, name: str) -> str:
        """Draw a name with its accents and subscripts."""
        ...

    def constant(self, name: str) -> str:
        """Draw a constant."""
        ...

    def words(self, words: str) -> str:
        """Draw upright words."""
        ...

    def function(self, name: str) -> str:
        """Draw the name of a known function, upright."""
        ...

    def sign(self, sign: str) -> str:
        """Draw an operator or a relation, by its word."""
        ...

    def row(self, parts: Sequence[str]) -> str:
        """Draw parts one after another."""
        ...

    def fenced(self, left: str, inner: str, right: str) -> str:
        """Draw *inner* between two marks that grow with it."""
        ...

    def applied(self, head: str, inner: str) -> str:
        """Draw what is applied, and the brackets that it is applied to."""
        ...

    def group(self, inner: str) -> str:
        """Draw *inner* as one piece without marks around it."""
        ...

    def fraction(self, top: str, bottom: str) -> str:
        """Draw a fraction."""
        ...

    def root(self, inner: str, degree: str) -> str:
        """Draw a root; a square root has no degree."""
        ...

    def above(self, base: str, upper: str) -> str:
        """Draw a superscript."""
        ...

    def below(self, base: str, lower: str) -> str:
        """Draw a subscript."""
        ...

    def bounded(self, sign: str, lower: str, upper: str) -> str:
        """Draw a big sign with its bounds, either of which may be empty."""
        ...

    def table(self, rows: Sequence[Sequence[str]], kind: str) -> str:
        """Draw a matrix in brackets, or cases behind a brace."""
        ...
