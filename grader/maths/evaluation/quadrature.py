"""Code for definite integrals: bounded by ball arithmetic, or estimated.

A holomorphic integrand between finite ends is integrated rigorously. Where that
fails (an end at infinity, a singular end) the double exponential rule is used at
growing depth until it settles; such a value is an estimate, and the frame says so.
"""

from collections.abc import Callable
from typing import Final

from flint import acb, arb, fmpq

from grader.maths.evaluation.arithmetic import scalar
from grader.maths.evaluation.extended import compile_end
from grader.maths.evaluation.frame import Code, Compile, Frame
from grader.maths.evaluation.matrices import Value
from grader.maths.evaluation.scalars import to_ball, to_complex, to_real
from grader.maths.evaluation.values import (
    NotUnderstoodError,
    OutsideError,
    Plane,
    Scalar,
    UnresolvedError,
)
from grader.maths.tree import Apply, Symbol, Tree

EVALUATIONS: Final = 3000
"""Values of the integrand that the rigorous rule may ask for."""

BITS_OF_GOAL: Final = 128
FIRST_DEPTH: Final = 3
LAST_DEPTH: Final = 6
REACH: Final = fmpq(9, 2)
"""How far the nodes of the double exponential rule go on either side."""

BITS_TO_SETTLE: Final = 60

NOT_A_NUMBER: Final = acb("nan", "nan")

Integrand = Callable[[Scalar], Scalar]


def compile_integral(args: tuple[Tree, ...], compile_: Compile) -> Code:
    """Return code for an integral over one or more names with limits."""
    body, *binders = args
    code = compile_(body)
    for binder in binders:
        match binder:
            case Apply("tuple", (Symbol(name), low, high)):
                ends = compile_end(low, compile_), compile_end(high, compile_)
                code = _definite(code, name, ends)
            case _:
                return _indefinite
    return code


def _indefinite(_frame: Frame) -> Value:
    raise NotUnderstoodError


def _definite(body: Code, name: str, ends: tuple[Code, Code]) -> Code:
    def code(frame: Frame) -> Value:
        low, high = (scalar(end(frame)) for end in ends)
        with frame.bound(name):
            if _is_finite(low) and _is_finite(high):
                result = _rigorous(body, name, (low, high), frame)
                if result is not None:
                    return result
            if frame.plane is Plane.ANALYTIC:
                raise UnresolvedError
            return _estimated(body, name, (low, high), frame)

    return code


def _is_finite(value: Scalar) -> bool:
    return isinstance(value, fmpq) or bool(value.is_finite())


def _rigorous(
    body: Code, name: str, ends: tuple[Scalar, Scalar], frame: Frame
) -> Scalar | None:
    """Return a ball that holds the integral, or None if it cannot be bounded."""
    plane, frame.plane = frame.plane, Plane.ANALYTIC
    raised: list[Exception] = []

    def integrand(point: acb, _analytic: bool) -> acb:  # noqa: FBT001  their signature
        if raised:
            return NOT_A_NUMBER
        frame.values[name] = point
        try:
            frame.budget.spend()
            return to_complex(scalar(body(frame)))
        except (OutsideError, UnresolvedError, ZeroDivisionError):
            return NOT_A_NUMBER
        except Exception as error:  # noqa: BLE001  none may cross the C code; see below
            raised.append(error)
            return NOT_A_NUMBER

    try:
        result = acb.integral(
            integrand,
            to_complex(ends[0]),
            to_complex(ends[1]),
            rel_tol=arb(2) ** -BITS_OF_GOAL,
            abs_tol=arb(2) ** -BITS_OF_GOAL,
            eval_limit=EVALUATIONS,
        )
    finally:
        frame.plane = plane
    if raised:
        raise raised[0]
    if not result.is_finite():
        return None
    if plane is not Plane.ANALYTIC and result.rel_accuracy_bits() < BITS_TO_SETTLE:
        return None
    return result if plane is not Plane.LINE else _on_line(result)


def _on_line(result: acb) -> arb:
    if not result.imag.contains(0):
        raise OutsideError
    return result.real


def _estimated(
    body: Code, name: str, ends: tuple[Scalar, Scalar], frame: Frame
) -> Scalar:
    """Return the double exponential rule's value, with its last step as radius."""
    low, high = map(to_real, ends)
    if not low < high:
        if not low > high:
            raise UnresolvedError
        return -_estimated(body, name, (high, low), frame)

    def integrand(point: Scalar) -> Scalar:
        frame.budget.spend()
        frame.values[name] = point
        return scalar(body(frame))

    return _settled_rule(integrand, _node_map(arb(low), arb(high)), frame)


def integral_over_line(integrand: Integrand, frame: Frame) -> Scalar:
    """Return an estimate of the integral of a function over the whole line."""
    return _settled_rule(integrand, _node_map(arb.neg_inf(), arb.pos_inf()), frame)


def _settled_rule(integrand: Integrand, node: "Node", frame: Frame) -> Scalar:
    frame.rigorous = False
    total = _weighted(integrand, node, fmpq(0), fmpq(1, 2**FIRST_DEPTH))
    before = total / 2**FIRST_DEPTH
    for depth in range(FIRST_DEPTH + 1, LAST_DEPTH + 1):
        step = fmpq(1, 2**depth)
        total = total + _weighted(integrand, node, step, 2 * step)
        now = total * step
        change = abs(to_ball(now - before))
        if change < abs(to_ball(now)) * arb(2) ** -BITS_TO_SETTLE:
            return now
        if change < arb(2) ** (-2 * BITS_TO_SETTLE):
            return now
        before = now
    raise UnresolvedError


Node = Callable[[fmpq], tuple[arb, arb]]


def _node_map(low: arb, high: arb) -> Node:
    """Return what sends a parameter to a node between the ends, and its weight."""
    half = arb.pi() / 2

    def both(t: fmpq) -> tuple[arb, arb]:
        return half * arb(t).sinh(), half * arb(t).cosh()

    def between(t: fmpq) -> tuple[arb, arb]:
        u, slope = both(t)
        width = (high - low) / 2
        side = width * 2 / ((2 * abs(u)).exp() + 1)  # the distance to the nearer end
        node = high - side if u >= 0 else low + side
        return node, width * slope / u.cosh() ** 2

    def upwards(t: fmpq) -> tuple[arb, arb]:
        u, slope = both(t)
        return low + u.exp(), slope * u.exp()

    def downwards(t: fmpq) -> tuple[arb, arb]:
        u, slope = both(t)
        return high - u.exp(), slope * u.exp()

    def everywhere(t: fmpq) -> tuple[arb, arb]:
        u, slope = both(t)
        return u.sinh(), slope * u.cosh()

    if low.is_finite():
        return between if high.is_finite() else upwards
    return downwards if high.is_finite() else everywhere


def _weighted(integrand: Integrand, node: Node, start: fmpq, step: fmpq) -> Scalar:
    """Return the sum over the nodes at start, start + step ... on both sides."""
    total: Scalar = fmpq(0)
    t = start
    while t <= REACH:
        for side in {t, -t}:
            total = total + _term(integrand, node, side)
        t = t + step
    return total


def _term(integrand: Integrand, node: Node, t: fmpq) -> Scalar:
    place, weight = node(t)
    try:
        return integrand(place) * weight
    except UnresolvedError:
        # beside a singular end the ball of the node may hold the end itself
        if abs(t) > REACH / 2:
            return fmpq(0)
        raise
