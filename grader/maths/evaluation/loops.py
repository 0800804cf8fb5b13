"""Code for sums and products over an index."""

from collections.abc import Callable, Iterator
from typing import Final

from grader.maths.evaluation.arithmetic import scalar
from grader.maths.evaluation.frame import Code, Compile, Compiler, Frame
from grader.maths.evaluation.limits import infinite_sum
from grader.maths.evaluation.matrices import Matrix, Value
from grader.maths.evaluation.scalars import to_integer
from grader.maths.evaluation.values import (
    ONE,
    ZERO,
    NotUnderstoodError,
    OutsideError,
    to_scalar,
)
from grader.maths.forms.written import subtrees
from grader.maths.tree import Apply, Constant, Symbol, Tree

Fold = Callable[[Value, Value], Value]
Place = tuple[str, int]


def _folded(fold: Fold, start: Value) -> Compiler:
    def compiler(args: tuple[Tree, ...], compile_: Compile) -> Code:
        body, *binders = args
        code = compile_(body)
        for binder in binders:
            indexed = tuple(_indexed_by(binder, body))
            code = _loop(code, binder, compile_, (fold, start), indexed)
        return code

    return compiler


def _loop(
    body: Code,
    binder: Tree,
    compile_: Compile,
    folding: tuple[Fold, Value],
    indexed: tuple[Place, ...],
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
            first, last = _first, _last_of(indexed)
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


def _last_of(indexed: tuple[Place, ...]) -> Code:
    """Return code for the end of a set that is not said.

    It is the end of what is indexed, if that has one; else a few indices will do,
    more or fewer by the point.
    """

    def last(frame: Frame) -> Value:
        for name, axis in indexed:
            whole = frame.values.get(name)
            if isinstance(whole, Matrix):
                return to_scalar(whole.shape[axis])
        return to_scalar(2 + frame.seed % 3)

    return last


def _indexed_by(binder: Tree, body: Tree) -> Iterator[Place]:
    """Yield each name that *body* indexes by what *binder* binds, and at which place."""
    match binder:
        case Apply("tuple", (Symbol() as bound,)):
            pass
        case _:
            return
    for part in subtrees(body):
        match part:
            case Apply("index", (Apply("index", (Symbol(name), *first)), *others)):
                places = [*first, *others]  # A_ij, one by one
            case Apply("index", (Symbol(name), *others)):
                places = others
            case _:
                continue
        if bound in places[:2]:
            yield name, places.index(bound)


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
