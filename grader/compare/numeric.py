"""Answer values -> numbers, with exact types and nothing guessed; no numpy yet."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from grader.compare.naming import type_name
from grader.maths.tree import Tree
from grader.model.answer import Array, Formula, Value

__all__ = ["Refused", "Scalar", "as_number", "of_tree", "type_name"]

Scalar = int | float | complex

LARGEST_EXACT_INTEGER: Final = 2**1000  # beyond it a float is infinite: no number


@dataclass(frozen=True, slots=True)
class Refused:
    """A value that is no number or array of them: the reason code, and what it is."""

    reason: str
    type_name: str


def as_number(value: Value) -> Scalar | Refused:
    """Return the one number that *value* is; an array of a single one is one, too."""
    match value:
        case bool():
            return Refused("wrong-type", "bool")
        case int():
            return _integer(value)
        case float() | complex():
            return value
        case Array():
            from grader.compare.buffer import array_of  # noqa: PLC0415 - numpy: late

            box = array_of(value)
            return box.item() if box.size == 1 else Refused("wrong-shape", "array")
        case Formula(tree=tree):
            return of_tree(tree)
        case str():
            return _of_text(value)
        case _:
            return Refused("wrong-type", type_name(value))


def _integer(value: int) -> Scalar | Refused:
    return value if abs(value) < LARGEST_EXACT_INTEGER else Refused("too-large", "int")


def of_tree(tree: Tree) -> Scalar | Refused:
    """Return the number that a closed formula is."""
    from grader.maths.closed import number_of  # noqa: PLC0415 - floats do without it

    number = number_of(tree)
    if number is None:
        return Refused("not-a-number", "formula")
    if isinstance(number, Fraction):
        return _integer(number.numerator) if number.denominator == 1 else float(number)
    return number


def _of_text(text: str) -> Scalar | Refused:
    from grader.maths.reading import Unreadable, read_text  # noqa: PLC0415 - as above

    try:
        return of_tree(read_text(text))
    except Unreadable:
        return Refused("not-readable", "str")
