"""A formula without free symbols -> the number that it is, as near as a float can say."""

import math
from fractions import Fraction

from flint import acb, arb, fmpq

from grader.maths.evaluation.evaluate import evaluate
from grader.maths.evaluation.frame import Frame
from grader.maths.evaluation.values import Budget, Plane
from grader.maths.tree import Apply, Constant, Number, Tree

CLOSED_BITS = 256  # enough for a float after any cancellation a formula for one has


def number_of(tree: Tree) -> Fraction | float | complex | None:
    """Return the number that *tree* stands for, or None where it is not one number.

    Rationals come back exactly; infinities as floats; a value off the real line as
    complex. Symbols, undefined values and enclosures too wide for a float give None.
    """
    edge = _edge(tree)
    if edge is not None:
        return edge
    for plane in (Plane.LINE, Plane.COMPLEX):
        frame = Frame(budget=Budget(), plane=plane)
        value = evaluate(tree, {}, bits=CLOSED_BITS, frame=frame)
        match value:
            case fmpq():
                return Fraction(int(value.p), int(value.q))
            case arb():
                return _float(value)
            case acb():
                return _complex(value)
            case _:
                continue
    return None


def _edge(tree: Tree) -> float | None:
    match tree:
        case Constant("oo"):
            return math.inf
        case Constant("nan" | "zoo"):
            return math.nan
        case Apply("neg", (inner,)):
            edge = _edge(inner)
            return None if edge is None else -edge
        case Apply("mul", (Number(value=sign), Constant("oo"))) if sign:
            return math.copysign(math.inf, sign)
        case _:
            return None


def _float(ball: arb) -> float | None:
    narrow = ball.is_finite() and ball.rel_accuracy_bits() > 60  # noqa: PLR2004 - a float has 53
    return float(ball.mid()) if narrow or ball.is_zero() else None


def _complex(ball: acb) -> complex | float | None:
    if not ball.is_finite():
        return None
    if ball.imag.is_zero():
        return _float(ball.real)
    return complex(float(ball.real.mid()), float(ball.imag.mid()))
