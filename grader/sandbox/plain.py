"""What both sides of the wire hold to: the limits of a value, and a number's plain list."""

from fractions import Fraction
from typing import Any, Final

from grader.sandbox.wire import TooLarge

# one answer's parts in lists and dictionaries; more is bulk, and belongs in an array
MOST_PARTS: Final = 50_000
DEEPEST_NESTING: Final = 24
MOST_TEXT_CHARACTERS: Final = 100_000
# some 5,000 decimal digits
MOST_INTEGER_BITS: Final = 16_384
# of a formula's tree
MOST_NODES: Final = 20_000
DEEPEST_TREE: Final = 150
MOST_NAME_CHARACTERS: Final = 200
# beyond it some readers of JSON lose digits
_PLAIN_BITS: Final = 60


def encode_integer(value: int) -> list[Any]:
    """Return an integer's plain list.

    Raises:
        TooLarge: it has more digits than are taken.
    """
    return ["i", _integer(value)]


def encode_float(value: float) -> list[Any]:
    """Return a float's plain list; what JSON has no word for goes as text."""
    finite = value - value == 0.0
    return ["f", value if finite else str(value)]


def number_node(value: Fraction, text: str = "") -> list[Any]:
    """Return the node of an exact number in a formula's tree.

    Raises:
        TooLarge: it has more digits than are taken.
    """
    return ["n", _integer(value.numerator), _integer(value.denominator), text]


def _integer(value: int) -> int | str:
    """Return it as it is when small, in hexadecimal when not."""
    if value.bit_length() <= _PLAIN_BITS:
        return value
    if value.bit_length() > MOST_INTEGER_BITS:
        raise TooLarge(f"an integer of {value.bit_length()} bits is too large")
    return hex(value)
