"""Calls that build a matrix, as `Matrix([[1, 2], [3, 4]])` does -> tree."""

from collections.abc import Sequence

from grader.maths.readers.binder_calls import items_of
from grader.maths.tree import Apply, Number, Tree


def matrix_of(rows: Sequence[Tree]) -> Tree | None:
    """Return the matrix of bracketed rows; bare cells are a column."""
    split = [items_of(row) for row in rows]
    cells = [row if row is not None else (rows[n],) for n, row in enumerate(split)]
    if len({len(row) for row in cells}) > 1:
        return None
    return Apply("matrix", tuple(Apply("row", row) for row in cells))


def matrix(args: Sequence[Tree]) -> Tree | None:
    """Build a matrix of rows, or of a size and its cells."""
    if len(args) == 3:  # noqa: PLR2004 - the number of parts
        return _matrix_of_size(args)
    if len(args) != 1:
        return None
    rows = items_of(args[0])
    if rows is not None:
        return matrix_of(rows)
    if isinstance(args[0], Apply) and args[0].head == "matrix":
        return args[0]
    return matrix_of([args[0]])


def _matrix_of_size(args: Sequence[Tree]) -> Tree | None:
    cells = items_of(args[2])
    match args[0], args[1]:
        case Number(rows), Number(columns) if cells is not None:
            height, width = int(rows), int(columns)
            if height < 1 or width < 1 or height * width != len(cells):
                return None
            lines = (cells[n * width : (n + 1) * width] for n in range(height))
            return Apply("matrix", tuple(Apply("row", line) for line in lines))
        case _:
            return None
