"""Tree -> a compiled function of a point -> its value as a ball, or `Undefined`."""

from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache
from typing import Final

from grader.maths.compiling import compile_tree
from grader.maths.frame import Code, Frame, precision
from grader.maths.matrices import Matrix, Value
from grader.maths.tree import Tree
from grader.maths.values import (
    Budget,
    BudgetError,
    OutsideError,
    Plane,
    Undefined,
    UnresolvedError,
    to_scalar,
)

COMPILED_KEPT: Final = 512


@lru_cache(maxsize=COMPILED_KEPT)
def compiled(tree: Tree) -> Code:
    """Return *tree* as a function of a frame; the same tree is compiled once."""
    return compile_tree(tree)


def evaluate(
    tree: Tree,
    point: Mapping[str, Fraction | int | Value],
    *,
    bits: int = 256,
    frame: Frame | None = None,
) -> Value | Undefined:
    """Return the value of *tree* at *point*, in balls of *bits* bits.

    With a real frame, the default, a point outside the natural domain of any
    subterm gives `Undefined("outside-domain")`. Every symbol needs a value.
    """
    frame = Frame(budget=Budget()) if frame is None else frame
    frame.values = {
        name: to_scalar(value) if isinstance(value, Fraction | int) else value
        for name, value in point.items()
    }
    with precision(bits):
        return run(compiled(tree), frame)


def run(code: Code, frame: Frame) -> Value | Undefined:
    """Return the value of compiled *code*, or why there is none."""
    try:
        return finite(code(frame))
    except OutsideError:
        return Undefined("outside-domain")
    except UnresolvedError:
        return Undefined("too-wide")
    except BudgetError:
        return Undefined("budget")
    except (OverflowError, MemoryError, RecursionError, ZeroDivisionError, ValueError):
        return Undefined("too-large")


def finite(value: Value) -> Value:
    """Return *value*, or raise if one of its balls holds no number."""
    if isinstance(value, Matrix):
        for entry in value.entries:
            finite(entry)
    elif hasattr(value, "is_finite") and not value.is_finite():
        raise UnresolvedError
    return value


__all__ = ["Plane", "Undefined", "compiled", "evaluate", "finite", "run"]
