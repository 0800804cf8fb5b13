"""Code for expectations, probabilities, densities, entropies and divergences.

All of them are finite sums in the world that the frame holds: over the outcomes for
random variables and events, over the cells of a table for densities.
"""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from typing import Final

from flint import fmpq

from grader.maths.evaluation.arithmetic import scalar
from grader.maths.evaluation.conditions import Condition, compile_condition
from grader.maths.evaluation.frame import Code, Compile, Compiler, Frame
from grader.maths.evaluation.laws import compile_law, compile_normal
from grader.maths.evaluation.loops import LOOPS
from grader.maths.evaluation.matrices import Value
from grader.maths.evaluation.mentions import is_unlimited, split
from grader.maths.evaluation.models import compile_call
from grader.maths.evaluation.quadrature import compile_integral
from grader.maths.evaluation.scalars import divide
from grader.maths.evaluation.values import (
    ZERO,
    NotUnderstoodError,
    Scalar,
)
from grader.maths.evaluation.world import World, happens, weights
from grader.maths.tree import Apply, Number, Symbol, Tree

At = Callable[[Frame, int], bool]
"""Whether an event holds at an outcome."""


def world_in(frame: Frame) -> World:
    """Return the frame's world."""
    if frame.world is None:
        raise NotUnderstoodError
    return frame.world


def _at_outcome(frame: Frame, outcome: int) -> ExitStack:
    """Let all random variables be what they are at *outcome*, until the stack ends."""
    stack = ExitStack()
    for name in world_in(frame).variables:
        stack.enter_context(frame.bound(name))
        frame.values[name] = world_in(frame).value_at(name, outcome, frame.seed)
    return stack


def _mean(code: Code, holds: At, frame: Frame) -> Scalar:
    """Return the mean of *code* over the outcomes at which *holds* is true."""
    world = world_in(frame)
    if world.variables & world.bound:  # which law is meant, is not said
        raise NotUnderstoodError
    total: Scalar = ZERO
    mass: Scalar = ZERO
    for outcome, weight in enumerate(weights(frame.seed)):
        frame.budget.spend()
        if holds(frame, outcome):
            mass = mass + weight
            with _at_outcome(frame, outcome):
                total = total + scalar(code(frame)) * weight
    return divide(total, mass)


def _always(_frame: Frame, _outcome: int) -> bool:
    return True


def compile_expectation(args: tuple[Tree, ...], compile_: Compile) -> Code:
    """Return code for an expectation under laws, or over the outcomes."""
    body, *laws = args
    if laws:
        code = compile_(body)
        for law in reversed(laws):
            code = compile_law(code, law, compile_)
        return code
    inner, condition = _conditioned(body)
    code, holds = compile_(inner), _compile_given(condition, compile_)
    return lambda frame: _mean(code, holds(frame), frame)


def _conditioned(tree: Tree) -> tuple[Tree, tuple[Tree, ...]]:
    match tree:
        case Apply("given", (inner, Apply("tuple" | "and", conditions))):
            return inner, conditions
        case Apply("given", (inner, condition)):
            return inner, (condition,)
        case _:
            return tree, ()


def _compile_given(
    conditions: Sequence[Tree], compile_: Compile
) -> Callable[[Frame], At]:
    """Return what gives the condition at a frame: `| Y` fixes Y at its value there."""
    parts = [_compile_condition_on(each, compile_) for each in conditions]

    def given(frame: Frame) -> At:
        tests = [part(frame) for part in parts]
        return lambda inner, outcome: all(test(inner, outcome) for test in tests)

    return given


def _compile_condition_on(tree: Tree, compile_: Compile) -> Callable[[Frame], At]:
    match tree:
        case Symbol(name):
            return lambda frame: _same_value(name, frame)
        case _:
            event = compile_event(tree, compile_)
            return lambda _frame: event


def _same_value(name: str, frame: Frame) -> At:
    if name not in world_in(frame).variables:
        return lambda inner, outcome: happens(name, outcome, inner.seed)
    value = scalar(frame.values[name])
    world = world_in(frame)
    return lambda inner, outcome: bool(
        world.value_at(name, outcome, inner.seed) == value
    )


def compile_event(tree: Tree, compile_: Compile) -> At:
    """Return the event that *tree* is: a letter, a combination, or a condition."""
    match tree:
        case Symbol(name) if name.endswith(BARRED):
            inner = Symbol(name.removesuffix(BARRED))
            return compile_event(Apply("complement", (inner,)), compile_)
        case Symbol(name):
            return lambda frame, outcome: happens(name, outcome, frame.seed)
        case (
            Apply("pow", (inner, Symbol("c" | "C")))  # written as a power
            | Apply("conj", (inner,))  # with a line above
            | Apply("prime", (inner, Number(1)))
        ):
            return compile_event(Apply("complement", (inner,)), compile_)
        case Apply(head, args) if head in EVENTS:
            parts = [compile_event(arg, compile_) for arg in args]
            combine = EVENTS[head]
            return lambda frame, outcome: combine(
                [part(frame, outcome) for part in parts]
            )
        case _:
            return _condition_event(compile_condition(tree, compile_))


def _condition_event(condition: Condition) -> At:
    def event(frame: Frame, outcome: int) -> bool:
        with _at_outcome(frame, outcome):
            return condition(frame)

    return event


BARRED: Final = "_bar"
"""Ends the name of a letter with a bar above: of events, what is not the event."""

EVENTS: Final[dict[str, Callable[[list[bool]], bool]]] = {
    "and": all,
    "tuple": all,
    "list": all,
    "intersection": all,
    "or": any,
    "union": any,
    "not": lambda parts: not parts[0],
    "complement": lambda parts: not parts[0],
    "set_minus": lambda parts: parts[0] and not parts[1],
    "symmetric_difference": lambda parts: parts[0] != parts[1],
}


def compile_probability(args: tuple[Tree, ...], compile_: Compile) -> Code:
    """Return code for the probability of an event, under a condition or not."""
    inner, conditions = _conditioned(args[0])
    event = compile_event(inner, compile_)
    tests = [compile_event(each, compile_) for each in conditions]

    def code(frame: Frame) -> Value:
        world_in(frame)
        mass, hit = fmpq(0), fmpq(0)
        for outcome, weight in enumerate(weights(frame.seed)):
            frame.budget.spend()
            if all(test(frame, outcome) for test in tests):
                mass = mass + weight
                hit = hit + (weight if event(frame, outcome) else 0)
        return divide(hit, mass)

    return code


def compile_covariance(args: tuple[Tree, ...], compile_: Compile) -> Code:
    """Return code for E[XY] - E[X] E[Y], under a condition or not."""
    first, _ = _conditioned(args[0])
    second, conditions = _conditioned(args[-1])
    codes = compile_(first), compile_(second)
    holds = _compile_given(conditions, compile_)

    def both(frame: Frame) -> Value:
        return scalar(codes[0](frame)) * scalar(codes[1](frame))

    def code(frame: Frame) -> Value:
        event = holds(frame)
        means = [_mean(each, event, frame) for each in codes]
        return _mean(both, event, frame) - means[0] * means[1]

    return code


def compile_density(args: tuple[Tree, ...], compile_: Compile) -> Code:
    """Return code for `p(x | z)`: an entry of a density's table, or a plain call."""
    usual = compile_call(args, compile_)
    if not isinstance(args[0], Symbol):
        return usual
    name = args[0].name
    before, after = (
        [(axis, compile_(arg)) for axis, arg in part] for part in split(args[1:])
    )

    def code(frame: Frame) -> Value:
        world = frame.world
        if world is None or name not in world.densities:
            return usual(frame)
        at = frame.seed, frame.shifts
        single = world.densities[name] == ("",)
        given = {axis: scalar(each(frame)) for axis, each in after}
        whole = {axis: scalar(each(frame)) for axis, each in (*before, *after)}
        if single:
            return world.marginal(name, {"": next(iter(whole.values()))}, *at)
        if len(whole) != len(before) + len(after):
            raise NotUnderstoodError
        return divide(
            world.marginal(name, whole, *at),
            world.marginal(name, given, *at),
        )

    return code


def compile_unlimited(usual: Compiler) -> Compiler:
    """Return the compiler of a sum or integral that may run over all values."""

    def compiler(args: tuple[Tree, ...], compile_: Compile) -> Code:
        body, *binders = args
        if not all(map(is_unlimited, binders)):
            return usual(args, compile_)
        otherwise = usual(args, compile_)
        names = [
            binder.args[0].name
            for binder in binders
            if isinstance(binder, Apply) and isinstance(binder.args[0], Symbol)
        ]
        code = compile_(body)

        def unlimited(frame: Frame) -> Value:
            if frame.world is None or not set(names) & frame.world.bound:
                return otherwise(frame)
            return _over_levels(code, names, frame)

        return unlimited

    return compiler


def _over_levels(code: Code, names: Sequence[str], frame: Frame) -> Scalar:
    if not names:
        return scalar(code(frame))
    total: Scalar = ZERO
    with frame.bound(names[0]):
        for level in frame.levels:
            frame.budget.spend()
            frame.values[names[0]] = level
            total = total + _over_levels(code, names[1:], frame)
    return total


CHANCE: Final[dict[str, Compiler]] = {
    "expectation": compile_expectation,
    "variance": lambda args, compile_: compile_covariance((args[0], args[0]), compile_),
    "covariance": compile_covariance,
    "normal": compile_normal,
    "probability": compile_probability,
    "call": compile_density,
    "sum": compile_unlimited(LOOPS["sum"]),
    "integral": compile_unlimited(compile_integral),
}
