"""Names without a formula -> random models with the same value wherever they recur.

An unknown function is a smooth one with known derivatives of every order; a family
`x_i` has a value for each index; whatever has no value of its own, such as the
gradient of a loss, is a number that its fingerprint determines. All are keyed by
name, so both sides meet the same function; a seed changes them from point to point.
"""

import itertools
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from typing import Final

from flint import arb, fmpq

from grader.maths.deciding.derivative import differentiate, replaced
from grader.maths.deciding.fingerprint import fingerprint
from grader.maths.evaluation.arithmetic import scalar
from grader.maths.evaluation.frame import Code, Compile, Compiler, Frame
from grader.maths.evaluation.linear import compile_index as compile_entry
from grader.maths.evaluation.matrices import Matrix, Value
from grader.maths.evaluation.randomness import (
    random_number,
    random_rational,
    random_sign,
)
from grader.maths.evaluation.scalars import settled, to_ball, to_integer
from grader.maths.evaluation.values import NotUnderstoodError, Scalar
from grader.maths.readers.special import SPECIAL
from grader.maths.tree import Apply, Number, Symbol, Tree

LARGEST_ORDER: Final = 12
SIGMOID: Final = "sigma"
"""`sigma(x)` is the sigmoid, as everywhere in courses on learning."""

LARGEST_SIGMOID_ORDER: Final = 5
PLACE: Final = "argument of a sigmoid"
MOST_ARGUMENTS: Final = 64
LEVEL: Final = 5
"""Lifts a model above zero: its wave is never deeper than 9/4."""


def smooth_function(
    name: str, arguments: Sequence[Scalar], orders: Sequence[int], seed: int
) -> Scalar:
    """Return the partial derivative of these orders of an unknown function.

    It is a wave plus an exponential; at odd seeds it is positive where the
    arguments are real, so that its logarithm has values too.
    """
    key = name, len(arguments), seed
    positive = seed % 2 == 1
    inner: Scalar = random_rational(*key, "phase")
    growing: Scalar = fmpq(0)
    wave: Scalar = random_rational(*key, "wave")
    growth: Scalar = random_rational(*key, "growth")
    if not positive:
        growth = growth * random_sign(*key, "sign")
    for slot, (argument, count) in enumerate(zip(arguments, orders, strict=True)):
        pace = random_rational(*key, "pace", slot)
        rate = random_rational(*key, "rate", slot) / 4
        inner = inner + pace * argument
        growing = growing + rate * argument
        wave = wave * pace**count
        growth = growth * rate**count
    order = sum(orders)
    turned = to_ball(inner) + arb.pi() * order / 2
    level = LEVEL if positive and order == 0 else 0
    return settled(wave * turned.sin() + growth * to_ball(growing).exp() + level)


def _numbers(values: Sequence[Value]) -> list[Scalar]:
    """Return the entries of all arguments, vectors laid out one after the other."""
    found: list[Scalar] = []
    for value in values:
        found.extend(value.entries if isinstance(value, Matrix) else (scalar(value),))
    return found


def compile_call(args: tuple[Tree, ...], compile_: Compile) -> Code:
    """Return code for a function that is known by name: a special one or a model."""
    callee, *inner = args
    codes = [compile_(arg) for arg in inner]
    match callee:
        case Symbol(name) if name in SPECIAL and len(inner) in SPECIAL[name]:
            return _special(SPECIAL[name][len(inner)], codes)
        case Symbol(name) if name != SIGMOID or len(inner) != 1:
            return _model(name, (0,) * len(inner), codes)
        case Symbol():
            return compile_(Apply("sigmoid", (inner[0],)))
        case Apply("prime", (Symbol(name), order)):
            return _compile_derivative(name, order, inner, compile_)
        case Apply("index", (Symbol(name), *indices)):
            return _indexed_model(name, [compile_(each) for each in indices], codes)
        case _:
            return _compile_applied(args, codes, compile_)


def _compile_derivative(
    name: str, order: Tree, inner: list[Tree], compile_: Compile
) -> Code:
    """Return code for `f'(x)`, or for a partial derivative if *order* is a tuple."""
    orders = order.args if isinstance(order, Apply) else (order,)
    counts = tuple(int(each.value) for each in orders if isinstance(each, Number))
    if len(counts) != len(inner):
        return _not_understood
    if name == SIGMOID and len(inner) == 1:
        return compile_(sigmoid_derivative(inner[0], counts[0]))
    return _model(name, counts, [compile_(arg) for arg in inner])


def _compile_applied(
    args: tuple[Tree, ...], codes: list[Code], compile_: Compile
) -> Code:
    """Return code for a function that is written out, or composed of others."""
    callee, *inner = args
    match callee:
        case Apply("lambda", (*names, body)) if len(names) == len(inner):
            return _applied(names, compile_(body), codes)
        case Apply("compose", functions):
            return compile_(_composed(functions, tuple(inner)))
        case _:
            return compile_opaque("call", args)


def sigmoid_derivative(argument: Tree, order: int) -> Tree:
    """Return a derivative of the sigmoid at *argument*, by s' = s (1 - s)."""
    slope: Tree = Apply("sigmoid", (Symbol(PLACE),))
    for _ in range(min(order, LARGEST_SIGMOID_ORDER)):
        slope = differentiate(slope, PLACE)
    return replaced(slope, Symbol(PLACE), argument)


def _composed(functions: tuple[Tree, ...], inner: tuple[Tree, ...]) -> Tree:
    for function in reversed(functions):
        inner = (Apply("call", (function, *inner)),)
    return inner[0]


def _special(function: Callable[..., Scalar], codes: list[Code]) -> Code:
    return lambda frame: function(*(scalar(code(frame)) for code in codes))


def _model(name: str, orders: tuple[int, ...], codes: list[Code]) -> Code:
    def code(frame: Frame) -> Value:
        values = [each(frame) for each in codes]
        numbers = _numbers(values)
        if sum(orders) > LARGEST_ORDER or len(numbers) > MOST_ARGUMENTS:
            raise NotUnderstoodError
        if sum(orders) == 0:
            return smooth_function(name, numbers, (0,) * len(numbers), frame.seed)
        rows = [
            smooth_function(name, numbers, row, frame.seed)
            for row in _orders_of_entries(values, orders)
        ]
        return rows[0] if len(rows) == 1 else Matrix((tuple(rows),))

    return code


def _orders_of_entries(
    values: Sequence[Value], orders: Sequence[int]
) -> list[tuple[int, ...]]:
    """Return the orders in each entry of each argument, for each part of the answer.

    The first derivative in a column is the row of those in its entries.
    """
    rows: list[tuple[int, ...]] = [()]
    for value, order in zip(values, orders, strict=True):
        size = len(value.entries) if isinstance(value, Matrix) else 1
        if size == 1:
            rows = [(*row, order) for row in rows]
        elif order == 0:
            rows = [(*row, *(0,) * size) for row in rows]
        elif order == 1 and isinstance(value, Matrix) and value.shape[1] == 1:
            rows = [
                (*row, *(int(at == place) for at in range(size)))
                for row in rows
                for place in range(size)
            ]
        else:
            raise NotUnderstoodError
    if len({sum(row) for row in rows}) > 1 or len(rows) > MOST_ARGUMENTS:
        raise NotUnderstoodError
    if sum(int(order > 0) for order in orders) > 1 and len(rows) > 1:
        raise NotUnderstoodError
    return rows


def _indexed_model(name: str, indices: list[Code], codes: list[Code]) -> Code:
    def code(frame: Frame) -> Value:
        places = ",".join(str(index(frame)) for index in indices)
        numbers = _numbers([each(frame) for each in codes])
        zeros = (0,) * len(numbers)
        return smooth_function(f"{name}_{places}", numbers, zeros, frame.seed)

    return code


def _applied(names: list[Tree], body: Code, codes: list[Code]) -> Code:
    words = [name.name for name in names if isinstance(name, Symbol)]
    if len(words) != len(codes):
        return _not_understood

    def code(frame: Frame) -> Value:
        values = [each(frame) for each in codes]
        with ExitStack() as stack:
            for word, value in zip(words, values, strict=True):
                stack.enter_context(frame.bound(word))
                frame.values[word] = value
            return body(frame)

    return code


def _not_understood(_frame: Frame) -> Value:
    raise NotUnderstoodError


def compile_family(args: tuple[Tree, ...], compile_: Compile) -> Code:
    """Return code for `x_i`: an entry of a vector or matrix, or a random number."""
    whole, *indices = args
    if isinstance(whole, Apply) and whole.head == "index":  # a_ij, one by one
        return compile_family((*whole.args, *indices), compile_)
    places = [compile_(index) for index in indices]
    if not isinstance(whole, Symbol):
        return compile_entry(args, compile_)
    name = whole.name
    entry = compile_entry(args, compile_)

    def code(frame: Frame) -> Value:
        if isinstance(frame.values.get(name), Matrix):
            return entry(frame)
        at = [_place(place(frame)) for place in places]
        known = frame.values.get(f"{name}_{','.join(at)}")
        return _member(name, at, frame) if known is None else known

    return code


def _place(value: Value) -> str:
    return str(to_integer(scalar(value)))


def _member(name: str, at: list[str], frame: Frame) -> Scalar:
    if frame.world is not None and name in frame.world.bound:
        choices = frame.levels
        return choices[random_number(name, *at, frame.seed) % len(choices)]
    value = random_rational(name, *at, frame.seed)
    if frame.seed % 2 or name in frame.positive:
        return value
    return value * random_sign(name, *at, frame.seed, "sign")


def compile_opaque(head: str, args: tuple[Tree, ...], *, like: str = "") -> Code:
    """Return code for what has no value: a number that its fingerprint determines.

    Where a name is a matrix, what is *like* it is one of such numbers.
    """
    print_ = fingerprint(Apply(head, args))
    if print_ is None or head in VALUELESS:
        return _not_understood
    free = head in FREE_HEADS and isinstance(args[0], Symbol)
    mark = print_ if free else -print_

    def code(frame: Frame) -> Value:
        frame.opaque.add(mark)
        place = frame.values.get(like)
        if isinstance(place, Matrix):
            numbers = itertools.count()
            return place.map(
                lambda _: random_rational(print_, frame.seed, next(numbers))
            )
        value = random_rational(print_, frame.seed)
        return value if frame.seed % 2 else value * random_sign(print_, frame.seed)

    return code


FREE_HEADS: Final = frozenset({"gradient", "prime", "divergence", "laplacian"})
"""Heads that make of a bare name a number of which nothing more can be known."""

VALUELESS: Final = frozenset({"set", "and", "or", "not", "interval", "union"})

MODELS: Final[dict[str, Compiler]] = {"call": compile_call, "index": compile_family}
