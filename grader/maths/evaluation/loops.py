"""Code for sums and products over an index."""

from collections.abc import Callable
from typing import Final

from grader.maths.evaluation.arithmetic import scalar
from grader.maths.evaluation.frame import Code, Compile, Compiler, Frame
from grader.maths.evaluation.limits import infinite_sum
from grader.maths.evaluation.matrices import Value
from grader.maths.evaluation.scalars import to_integer
from grader.maths.evaluation.values import (
    ONE,
    ZERO,
    NotUnderstoodError,
    OutsideError,
    to_scalar,
)
from grader.maths.tree import Apply, Constant, Symbol, Tree

Fold = Callable[[Value, Value], Value]


def _folded(fold: Fold, start: Value) -> Compiler:
    def compiler(args: tuple[Tree, ...], compile_: Compile) -> Code:
        body, *binders = args
        code = compile_(body)
        for binder in binders:
            code = _loop(code, binder, compile_, (fold, start))
        return code

    return compiler


def _loop(
    body: Code, binder: Tree, compile_: Compile, folding: tuple[Fold, Value]
) -> Code:
    fold, start = folding
    match binder:
        case Apply("tuple", (Symbol(name), low, Constant("oo"))) if start == ZERO:
            beginning = compile_(low)
            return lambda frame: infinite_sum(
                body, name, _whole(beginning(frame)), frame
            )
        case Apply("tuple", (Symbol(name), low, high)):
            first, last = compile_(low), compile_(high)
        case Apply("tuple", (Symbol(name),)):
            # over a set that is not said: a few indices, more or fewer by the point
            first, last = _first, _last
        case _:
            return _nothing

    def code(frame: Frame) -> Value:
        total = start
        begin, end = _whole(first(frame)), _whole(last(frame))
        frame.budget.spend(max(0, end - begin + 1))
        with frame.bound(name):
            for index in range(begin, end + 1):
                frame.values[name] = to_scalar(index)
                total = fold(total, body(frame))
                frame.budget.spend()
        return total

    return code


def _first(_frame: Frame) -> Value:
    return ONE


def _last(frame: Frame) -> Value:
    return to_scalar(2 + frame.seed % 3)


def _nothing(_frame: Frame) -> Value:
    raise NotUnderstoodError


def _whole(value: Value) -> int:
    whole = to_integer(scalar(value))
    if whole is None:
        raise OutsideError
    return whole


LOOPS: Final[dict[str, Compiler]] = {
    "sum": _folded(lambda total, term: total + term, ZERO),
    "product": _folded(lambda total, term: total * term, ONE),
}
