"""Nested lists, arrays, and text that lists rows -> the matrix that they mean."""

from collections.abc import Callable
from typing import Final

from grader.maths.tree import Apply, Text, Tree
from grader.model.answer import Array, Sequence, Value

MOST_ENTRIES: Final = 2_500  # of a matrix whose entries become formulas one by one
DEEPEST_ROWS: Final = 2
_LISTS: Final = frozenset({"list", "tuple", "pair_or_interval", "interval"})

Reader = Callable[[Value], Tree | None]


def grid_of(value: Value, read: Reader) -> Tree | None:
    """Return the matrix or vector that *value* lists, or None where it lists none.

    *read* gives the tree of one entry.
    """
    rows = _listed(value, read, depth=0)
    return None if rows is None else as_matrix(rows)


def as_matrix(tree: Tree) -> Tree:
    """Return the matrix that a list of equally long lists is; any other tree as it is."""
    rows = _items(tree)
    if rows is None:
        return tree
    cells = [_items(row) for row in rows]
    widths = {None if row is None else len(row) for row in cells}
    if widths == {None}:
        return Apply("list", rows)
    if None in widths or len(widths) != 1:
        return tree
    return Apply("matrix", tuple(Apply("row", row) for row in cells if row))


def is_matrix_tree(tree: Tree) -> bool:
    """Return whether *tree* is a matrix that is written out."""
    return isinstance(tree, Apply) and tree.head == "matrix"


def _items(tree: Tree) -> tuple[Tree, ...] | None:
    """Return what a tree lists: `[1, 2]` was typed as a list and read as an interval."""
    match tree:
        case Apply(head, args) if head in _LISTS and args:
            return tuple(arg for arg in args if not isinstance(arg, Text))
        case _:
            return None


def _listed(value: Value, read: Reader, *, depth: int) -> Tree | None:
    match value:
        case Array(dtype=dtype) if depth == 0 and dtype != "|b1":
            return _of_array(value, read)
        case Sequence(kind="list" | "tuple", items=items) if depth < DEEPEST_ROWS:
            if len(items) > MOST_ENTRIES:
                return None
            found = [_listed(item, read, depth=depth + 1) for item in items]
            whole = tuple(tree for tree in found if tree is not None)
            return Apply("list", whole) if len(whole) == len(items) > 0 else None
        case Sequence() | Array():
            return None
        case _:
            return read(value)


def _of_array(value: Array, read: Reader) -> Tree | None:
    from grader.compare.buffer import array_of  # noqa: PLC0415 - numpy: late

    array = array_of(value)
    if not (array.ndim and 0 < array.size <= MOST_ENTRIES):
        return None
    items = tuple(
        Sequence(kind="list", items=tuple(row)) if isinstance(row, list) else row
        for row in array.tolist()
    )
    return _listed(Sequence(kind="list", items=items), read, depth=0)
