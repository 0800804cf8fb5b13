"""Answer values to numbers and arrays, with exact types and nothing guessed."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

import numpy as np
from numpy.typing import NDArray

from grader.compare.naming import type_name
from grader.maths.tree import Apply, Tree
from grader.model.answer import Array, Formula, Sequence, Value

__all__ = [
    "Box",
    "Refused",
    "Scalar",
    "array_of",
    "as_array",
    "as_number",
    "type_name",
    "value_of",
]

Scalar = int | float | complex
Box = NDArray[np.float64 | np.complex128]

LARGEST_EXACT_INTEGER: Final = 2**1000  # beyond it a float is infinite: no number
DEEPEST_NESTING: Final = 32  # numpy's own limit of dimensions


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
            box = array_of(value)
            return box.item() if box.size == 1 else Refused("wrong-shape", "array")
        case Formula(tree=tree):
            return _of_tree(tree)
        case str():
            return _of_text(value)
        case _:
            return Refused("wrong-type", type_name(value))


def as_array(value: Value) -> Box | Refused:
    """Return the array that *value* is, a nested list or a matrix of numbers included."""
    match value:
        case Array():
            if value.dtype == "|b1":
                return Refused("wrong-type", "array of bool")
            return array_of(value)
        case Sequence(kind="list" | "tuple"):
            return _stacked(value, depth=0)
        case Formula(tree=Apply("matrix", rows)):
            return _matrix(rows)
        case _:
            number = as_number(value)
            return number if isinstance(number, Refused) else _box(number)


def array_of(value: Array) -> Box:
    """Return the numbers of *value* as float64 or complex128."""
    raw = np.frombuffer(value.buffer, dtype=value.dtype).reshape(value.shape)
    if raw.dtype.kind == "c":
        return raw.astype(np.complex128)
    return raw.astype(np.float64)


def value_of(box: NDArray[np.generic]) -> Array:
    """Return an array as the value that crosses stages."""
    wide = np.ascontiguousarray(box)
    return Array(dtype=wide.dtype.str, shape=wide.shape, buffer=wide.tobytes())


def _integer(value: int) -> Scalar | Refused:
    return value if abs(value) < LARGEST_EXACT_INTEGER else Refused("too-large", "int")


def _box(number: Scalar) -> Box:
    if isinstance(number, complex):
        return np.array(number, dtype=np.complex128)
    return np.array(float(number), dtype=np.float64)


def _of_tree(tree: Tree) -> Scalar | Refused:
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
        return _of_tree(read_text(text))
    except Unreadable:
        return Refused("not-readable", "str")


def _stacked(value: Sequence, *, depth: int) -> Box | Refused:
    if depth >= DEEPEST_NESTING:
        return Refused("wrong-shape", value.kind)
    boxes: list[Box] = []
    for item in value.items:
        box = (
            _stacked(item, depth=depth + 1)
            if isinstance(item, Sequence)
            else as_array(item)
        )
        if isinstance(box, Refused):
            return box
        boxes.append(box)
    if len({box.shape for box in boxes}) > 1:
        return Refused("ragged", value.kind)
    return np.stack(boxes) if boxes else np.zeros((0,), dtype=np.float64)


def _matrix(rows: tuple[Tree, ...]) -> Box | Refused:
    cells = [row.args for row in rows if isinstance(row, Apply)]
    numbers = [[_of_tree(cell) for cell in row] for row in cells]
    for row in numbers:
        for number in row:
            if isinstance(number, Refused):
                return number
    if len({len(row) for row in numbers}) > 1:
        return Refused("ragged", "matrix")
    box = np.array(numbers)
    return box.astype(np.complex128) if np.iscomplexobj(box) else box.astype(np.float64)
