"""Code for a slope along a parameter on which laws depend by name, as `p_theta` does."""

from typing import Final

from flint import ctx, fmpq

from grader.maths.deciding.derivative import differentiate
from grader.maths.evaluation.arithmetic import scalar
from grader.maths.evaluation.frame import Code, Compile, Frame, precision
from grader.maths.evaluation.matrices import Matrix, Value
from grader.maths.evaluation.scalars import divide
from grader.maths.evaluation.values import NotUnderstoodError
from grader.maths.tree import Tree

SHIFT_BITS: Final = 300
"""A parameter moves by 2^-300: the error of the slope is about the square of that."""

MORE_BITS: Final = 3 * SHIFT_BITS
"""What the difference loses, twice over."""


def through_laws(body: Tree, name: str, compile_: Compile, unknown: Code) -> Code:
    """Return code for the slope of *body* where laws move with *name*.

    What depends on *name* otherwise moves by the rules; outside a world of tables
    the slope is *unknown*.
    """
    whole = compile_(body)
    try:
        explicit = compile_(differentiate(body, name))
    except NotUnderstoodError:
        return unknown

    def code(frame: Frame) -> Value:
        if frame.world is None or isinstance(frame.values.get(name), Matrix):
            return unknown(frame)
        step = fmpq(1, 2**SHIFT_BITS)
        with precision(ctx.prec + MORE_BITS):
            with frame.shifted(name, step):
                above = scalar(whole(frame))
            with frame.shifted(name, -step):
                below = scalar(whole(frame))
            slope = divide(above - below, 2 * step)
        frame.rigorous = False
        return slope + scalar(explicit(frame))

    return code
