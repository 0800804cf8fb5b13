"""Answer values -> arrays of numbers, with exact types and nothing guessed."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from grader.compare.buffer import Box, array_of
from grader.compare.numeric import Refused, Scalar, as_number, of_tree
from grader.maths.tree import Apply, Tree
from grader.model.answer import Array, Formula, Sequence, Value

DEEPEST_NESTING: Final = 32  # numpy's own limit of dimensions


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


def value_of(box: NDArray[np.generic]) -> Array:
    """Return an array as the value that crosses stages."""
    wide = np.ascontiguousarray(box)
    return Array(dtype=wide.dtype.str, shape=wide.shape, buffer=wide.tobytes())


def _box(number: Scalar) -> Box:
    if isinstance(number, complex):
        return np.array(number, dtype=np.complex128)
    return np.array(float(number), dtype=np.float64)


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
    numbers = [[of_tree(cell) for cell in row] for row in cells]
    for row in numbers:
        for number in row:
            if isinstance(number, Refused):
                return number
    if len({len(row) for row in numbers}) > 1:
        return Refused("ragged", "matrix")
    box = np.array(numbers)
    return box.astype(np.complex128) if np.iscomplexobj(box) else box.astype(np.float64)
