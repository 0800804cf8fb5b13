"""What a rubric says about the letters in use, as one frozen value for the readers."""

from dataclasses import dataclass
from typing import Final, Literal

Kind = Literal["number", "vector", "matrix", "function", "density", "event"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Notation:
    r"""How letters and marks are to be read; every field has one default.

    Declared *names* win over everything known: where `e`, `i` or `gamma` is declared
    it is a plain symbol, and `Vmax` is one name instead of four letters. *functions*
    are applied to a bracket that follows; other names are multiplied by it. *kinds*
    says what a name stands for where it is not a number. *spellings* turns a local
    spelling into another of the same syntax: `("|\det J_f|", "J")`.

    Defaults: `i` is the imaginary unit (and `j`, where names are declared and `j` is
    not among them); `log` without a base is natural; in `1/3p` the fraction of two
    numbers is a factor, in `a/2y` the product `2y` is the denominator, and in `a/(b)c`
    the bracket is all of it; `(a, b)` is a
    pair or an open interval until the other side decides; a whole number before a
    fraction adds to it in LaTeX only; `1,000` outside brackets is a thousand; `0,5`
    is refused unless *decimal_comma* is set, when `;` separates what `,` did.
    """

    names: frozenset[str] = frozenset()
    functions: frozenset[str] = frozenset()
    kinds: tuple[tuple[str, Kind], ...] = ()
    indices: frozenset[str] = frozenset()
    spellings: tuple[tuple[str, str], ...] = ()
    only_declared: bool = False
    decimal_comma: bool = False
    thousands: bool = True
    log_base: Literal["e", "10", "2"] = "e"
    imaginary_unit: bool = True
    slash: Literal["number", "denominator", "factor"] = "number"
    mixed_numbers: bool = True

    def kind_of(self, name: str) -> Kind | None:
        """Return what *name* was declared to stand for, if it was."""
        for declared, kind in self.kinds:
            if declared == name:
                return kind
        return None


PLAIN: Final = Notation()
