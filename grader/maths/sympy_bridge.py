"""Tree -> sympy expression and back; sympy is imported when one of them is called.

Every number, name and constant is made by its own class: no text is given to sympy,
since sympy would evaluate it.
"""

from collections.abc import Mapping

from grader.maths.bridge.sympy_reading import read_value
from grader.maths.bridge.sympy_words import Foreign, NoSympy
from grader.maths.bridge.sympy_writing import Writer
from grader.maths.tree import Tree

__all__ = ["NoSympy", "from_sympy", "to_sympy"]


def to_sympy(
    tree: Tree, assumptions: Mapping[str, Mapping[str, bool]] | None = None
) -> Foreign:
    """Return the sympy expression of *tree*; *assumptions* are by name of symbol."""
    import sympy  # noqa: PLC0415 - half a second, and only where it is needed

    return Writer(sympy, assumptions or {}).write(tree)


def from_sympy(value: Foreign) -> Tree:
    """Return the tree of a sympy *value*, of any class that the tree has a word for."""
    import sympy  # noqa: PLC0415 - half a second, and only where it is needed

    return read_value(value, sympy)
