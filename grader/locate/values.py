"""A formula and its arguments' values -> the value it has there."""

import math
import struct
from collections.abc import Mapping
from fractions import Fraction
from typing import Final

from flint import acb, arb

from grader.maths.closed import CLOSED_BITS, number_of
from grader.maths.evaluation.evaluate import evaluate
from grader.maths.evaluation.frame import Frame
from grader.maths.evaluation.matrices import Matrix
from grader.maths.evaluation.values import Budget, Plane
from grader.maths.substitution import substitute
from grader.maths.tree import Apply, Number, Symbol, Tree, apply, symbols_of
from grader.model.answer import Array, Formula, Value

VECTORS: Final = frozenset({"tuple", "list", "pair_or_interval", "listing"})
MOST_ENTRIES: Final = 400  # of an argument whose entries are put in one by one


def put_in(tree: Tree, arguments: Mapping[str, Value]) -> Tree:
    """Return *tree* with the arguments' values in place of their names.

    A number goes in for `x`; of an array, entry k for `x_k` (and entry (i, j) for
    `x_ij`), and the whole for `x` itself, as a column where it has one dimension.
    """
    replacements: dict[Tree, Tree] = {}
    for name, value in arguments.items():
        match value:
            case bool():
                continue
            case int() | float() if math.isfinite(value):
                replacements[Symbol(name)] = Number(Fraction(value))
            case Formula(tree=inner):
                replacements[Symbol(name)] = inner
            case Array() if math.prod(value.shape) <= MOST_ENTRIES:
                replacements |= _entries(name, value)
            case _:
                continue
    return substitute(tree, replacements)


def is_closed(tree: Tree, names: frozenset[str] = frozenset()) -> bool:
    """Return whether nothing but *names* (and their entries) is open in *tree*."""
    return all(
        name in names or name.split("_")[0] in names for name in symbols_of(tree)
    )


def value_at(tree: Tree) -> Value:
    """Return the number or array that a closed *tree* is; NaN where it has no value."""
    tree = _upright(tree)
    if isinstance(tree, Apply) and tree.head in {*VECTORS, "matrix"}:
        return _array(tree)
    value = _float(tree)
    is_matrix = isinstance(value, float) and math.isnan(value)
    return _computed(tree) if is_matrix else value


def _upright(tree: Tree) -> Tree:
    """Return the vector that a transposed row is: columns and rows are written alike."""
    match tree:
        case Apply("transpose", (Apply(head) as inner,)) if head in VECTORS:
            return inner
        case Apply("transpose", (Apply("matrix", (Apply("row", cells),)),)):
            return Apply("tuple", cells)
        case _:
            return tree


def _computed(tree: Tree) -> Value:
    """Return the array that a product or a sum of matrices is; NaN where it is none."""
    frame = Frame(budget=Budget(), plane=Plane.LINE)
    value = evaluate(tree, {}, bits=CLOSED_BITS, frame=frame)
    if not isinstance(value, Matrix):
        return math.nan
    rows, columns = value.shape
    numbers = [float(arb(e)) for e in value.entries if not isinstance(e, acb)]
    if len(numbers) != rows * columns:
        return math.nan
    return _packed(numbers, (rows,) if columns == 1 else (rows, columns))


def _packed(numbers: list[float], shape: tuple[int, ...]) -> Array:
    buffer = struct.pack(f"<{len(numbers)}d", *numbers)
    return Array(dtype="<f8", shape=shape, buffer=buffer)


def _float(tree: Tree) -> float | complex:
    number = number_of(tree)
    if number is None:
        return math.nan
    return number if isinstance(number, complex) else float(number)


def _array(tree: Apply) -> Value:
    rows = [
        row.args if isinstance(row, Apply) and row.head == "row" else (row,)
        for row in tree.args
    ]
    widths = {len(row) for row in rows}
    numbers = [_float(cell) for row in rows for cell in row]
    if len(widths) != 1 or any(isinstance(n, complex) for n in numbers):
        return Formula(tree=tree)
    width = widths.pop()
    flat = 1 in {width, len(rows)}
    shape = (len(numbers),) if flat else (len(rows), width)
    return _packed([n for n in numbers if isinstance(n, float)], shape)


def _entries(name: str, value: Array) -> dict[Tree, Tree]:
    code = {"<f8": "d", "<i8": "q"}.get(value.dtype)
    if code is None:
        return {}
    count = len(value.buffer) // 8
    numbers = [
        Number(Fraction(n)) for n in struct.unpack(f"<{count}{code}", value.buffer)
    ]
    if len(value.shape) == 1:
        entries: dict[Tree, Tree] = {
            Symbol(f"{name}_{k}"): n for k, n in enumerate(numbers, 1)
        }
        whole = apply("matrix", *(apply("row", n) for n in numbers))
        return {**entries, Symbol(name): whole}
    if len(value.shape) == 2:  # noqa: PLR2004 - a matrix
        width = value.shape[1]
        rows = [numbers[i : i + width] for i in range(0, count, width)]
        grid: dict[Tree, Tree] = {
            Symbol(f"{name}_{i}{j}"): n
            for i, row in enumerate(rows, 1)
            for j, n in enumerate(row, 1)
        }
        return {
            **grid,
            Symbol(name): apply("matrix", *(apply("row", *r) for r in rows)),
        }
    return {}
