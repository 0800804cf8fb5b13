"""Tree -> a compiled function of a point -> its value as a ball, or `Undefined`."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Final

from grader.maths.evaluation.compiling import compile_tree
from grader.maths.evaluation.frame import Code, Frame, precision
from grader.maths.evaluation.matrices import Matrix, Value
from grader.maths.evaluation.values import (
    Budget,
    BudgetError,
    NoCaseError,
    NotUnderstoodError,
    OutsideError,
    Plane,
    ShapeError,
    Undefined,
    UnresolvedError,
    to_scalar,
)
from grader.maths.tree import Tree

REASONS: Final[dict[type[Exception], str]] = {
    ShapeError: "shape",
    NoCaseError: "no-case",
    OutsideError: "outside-domain",
    UnresolvedError: "too-wide",
    BudgetError: "budget",
    NotUnderstoodError: "not-understood",
    OverflowError: "too-large",
    MemoryError: "too-large",
    RecursionError: "too-large",
    ZeroDivisionError: "too-large",
    ValueError: "too-large",
}
"""What goes wrong in an evaluation -> why there is no value; the first that fits."""

FAILURES: Final = tuple(REASONS)


def compiled(tree: Tree) -> Code:
    """Return *tree* as a function of a frame, for `run` to call at many points."""
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
    except FAILURES as error:
        return next(
            Undefined(reason)
            for kind, reason in REASONS.items()
            if isinstance(error, kind)
        )


def finite(value: Value) -> Value:
    """Return *value*, or raise if one of its balls holds no number."""
    if isinstance(value, Matrix):
        for entry in value.entries:
            finite(entry)
    elif hasattr(value, "is_finite") and not value.is_finite():
        raise UnresolvedError
    return value


__all__ = ["Plane", "Undefined", "compiled", "evaluate", "finite", "run"]
