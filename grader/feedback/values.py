"""Answer value -> short text in the student's own notation."""

import cmath
import math
import struct
from collections.abc import Iterator
from typing import Final, assert_never

from grader.maths.printing import to_text as print_tree
from grader.maths.tree import Tree
from grader.model.answer import (
    Array,
    Formula,
    Opaque,
    Sequence,
    Table,
    Value,
)
from grader.model.feedback import Piece
from grader.model.shown import visible

LONGEST_VALUE_CHARACTERS: Final = 600
"""About a 12 x 5 matrix; whoever needs more has the array on their own machine."""

MOST_ITEMS: Final = 12
"""Items of a list, or rows of a matrix, before an ellipsis stands for the rest."""

MOST_COLUMNS: Final = 8
"""So many columns of figures still fit on a telephone held sideways."""

DEEPEST_SHOWN: Final = 4
"""Lists within lists; deeper ones are told of, not shown."""

FIGURES: Final = 8
"""What numpy prints; enough to recognise a number by."""

_FORMATS: Final = {"<f8": "d", "<c16": "dd", "<i8": "q", "<u8": "Q", "|b1": "?"}

LONGEST_INTEGER_BITS: Final = 128
"""Nobody compares forty digits by eye, and printing millions of them is refused."""

Number = bool | int | float | complex


def show(value: Value) -> Piece:
    """Return *value* as a piece of feedback: code, or mathematics for a formula."""
    if isinstance(value, Formula):
        return Piece(text=show_tree(value.tree), kind="mathematics", tree=value.tree)
    return Piece(text=to_text(value), kind="code")


def to_text(value: Value) -> str:
    """Return *value* as Python or numpy would print it, shortened, with no surprises."""
    return visible(_text(value, depth=0), limit=LONGEST_VALUE_CHARACTERS)


def number_text(number: Number, *, figures: int = FIGURES) -> str:
    """Return a number with at most *figures* figures; integers keep theirs."""
    match number:
        case bool():
            return str(number)
        case int():
            return _integer_text(number)
        case float():
            return _float_text(number, figures)
        case complex():
            return _complex_text(number, figures)
        case _:
            assert_never(number)


def show_tree(tree: Tree) -> str:
    """Return mathematics as plain text."""
    return visible(print_tree(tree), limit=LONGEST_VALUE_CHARACTERS)


def _text(value: Value, *, depth: int) -> str:
    match value:
        case None | bool() | int() | float() | complex():
            return "None" if value is None else number_text(value)
        case str():
            return repr(value[:LONGEST_VALUE_CHARACTERS])
        case Formula(tree=tree):
            return show_tree(tree)
        case Array() | Opaque():
            return (
                f"<{value.type_name}>"
                if isinstance(value, Opaque)
                else _array_text(value)
            )
        case Sequence() | Table():
            return "…" if depth >= DEEPEST_SHOWN else _items_text(value, depth=depth)
        case _:
            assert_never(value)


def _items_text(value: Sequence | Table, *, depth: int) -> str:
    if isinstance(value, Table):
        pairs = [
            f"{_text(k, depth=depth + 1)}: {_text(v, depth=depth + 1)}"
            for k, v in value.items[:MOST_ITEMS]
        ]
        return "{" + _joined(pairs, len(value.items)) + "}"
    shown = [_text(item, depth=depth + 1) for item in value.items[:MOST_ITEMS]]
    inside = _joined(shown, len(value.items))
    match value.kind:
        case "list":
            return f"[{inside}]"
        case "tuple":
            return f"({inside},)" if len(value.items) == 1 else f"({inside})"
        case "set":
            return f"{{{inside}}}" if value.items else "set()"


def _joined(shown: list[str], total: int) -> str:
    rest = ["…"] if total > len(shown) else []
    return ", ".join([*shown, *rest])


def _integer_text(number: int) -> str:
    if number.bit_length() <= LONGEST_INTEGER_BITS:
        return str(number)
    digits = int(number.bit_length() * math.log10(2)) + 1
    return f"an integer of about {digits} digits"


def _float_text(number: float, figures: int) -> str:
    if not math.isfinite(number):
        return str(number)
    text = f"{number:.{figures}g}"
    return text if any(c in text for c in ".e") else f"{text}.0"


def _complex_text(number: complex, figures: int) -> str:
    if cmath.isnan(number):
        return "nan"
    sign = "-" if math.copysign(1, number.imag) < 0 else "+"
    real = _float_text(number.real, figures)
    imaginary = _float_text(abs(number.imag), figures)
    return f"{real}{sign}{imaginary}j"


def _array_text(array: Array) -> str:
    """Print as numpy does: rows under each other, columns flush."""
    if 0 in array.shape:
        return f"an empty array of shape {array.shape}"
    numbers = list(_numbers(array))
    if not array.shape:
        return number_text(numbers[0])
    if len(array.shape) > 2:  # noqa: PLR2004 - a page has two dimensions
        return f"an array of shape {array.shape}"
    columns = array.shape[-1]
    rows = [numbers[i : i + columns] for i in range(0, len(numbers), columns)]
    cells = [_cells(row) for row in rows[:MOST_ITEMS]]
    if len(array.shape) == 1:
        return f"[{' '.join(cells[0])}]"
    width = max(len(cell) for row in cells for cell in row)
    lines = ["[" + " ".join(cell.rjust(width) for cell in row) + "]" for row in cells]
    hidden = ["…"] if len(rows) > MOST_ITEMS else []
    return "[" + "\n ".join([*lines, *hidden]) + "]"


def _cells(row: list[Number]) -> list[str]:
    shown = [number_text(n) for n in row[:MOST_COLUMNS]]
    return [*shown, "…"] if len(row) > MOST_COLUMNS else shown


def _numbers(array: Array) -> Iterator[Number]:
    code = _FORMATS[array.dtype]
    for parts in struct.iter_unpack(f"<{code}", array.buffer):
        yield complex(*parts) if array.dtype == "<c16" else parts[0]
