"""Code for relations and logic at a point, and for the cases that rest on them."""

from collections.abc import Callable
from typing import Final

from flint import acb, fmpq

from grader.maths.evaluation.arithmetic import scalar
from grader.maths.evaluation.frame import Code, Compile, Compiler, Frame
from grader.maths.evaluation.matrices import Matrix, Value
from grader.maths.evaluation.scalars import sign_of
from grader.maths.evaluation.values import (
    ONE,
    ZERO,
    NoCaseError,
    NotUnderstoodError,
    Scalar,
    UnresolvedError,
)
from grader.maths.tree import Apply, Constant, Text, Tree

Condition = Callable[[Frame], bool]

ORDER: Final[dict[str, Callable[[int], bool]]] = {
    "lt": lambda side: side < 0,
    "le": lambda side: side <= 0,
    "gt": lambda side: side > 0,
    "ge": lambda side: side >= 0,
}


def compile_condition(tree: Tree, compile_: Compile) -> Condition:
    """Return *tree* as a function of the frame that is true, false, or raises."""
    match tree:
        case Constant("true"):
            return lambda _frame: True
        case Constant("false"):
            return lambda _frame: False
        case Apply(head, args) if head in CONDITION_COMPILERS:
            return CONDITION_COMPILERS[head](args, compile_)
        case _:
            return _undecidable


def _undecidable(_frame: Frame) -> bool:
    raise NotUnderstoodError


def _equal(one: Value, other: Value) -> bool:
    if isinstance(one, Matrix) or isinstance(other, Matrix):
        if not (isinstance(one, Matrix) and isinstance(other, Matrix)):
            return False
        return one.shape == other.shape and all(map(_equal, one.entries, other.entries))
    gap = scalar(one) - scalar(other)
    if gap == 0:
        return True
    if isinstance(gap, fmpq) or not gap.contains(0):
        return False
    raise UnresolvedError


def _order(test: Callable[[int], bool]) -> "ConditionCompiler":
    def compiler(args: tuple[Tree, ...], compile_: Compile) -> Condition:
        left, right = map(compile_, args)
        return lambda frame: test(sign_of(scalar(left(frame)) - scalar(right(frame))))

    return compiler


def _compile_eq(args: tuple[Tree, ...], compile_: Compile) -> Condition:
    left, right = map(compile_, args)
    return lambda frame: _equal(left(frame), right(frame))


def _compile_ne(args: tuple[Tree, ...], compile_: Compile) -> Condition:
    equal = _compile_eq(args, compile_)
    return lambda frame: not equal(frame)


def _compile_and(args: tuple[Tree, ...], compile_: Compile) -> Condition:
    parts = [compile_condition(arg, compile_) for arg in args]
    return lambda frame: all(part(frame) for part in parts)


def _compile_or(args: tuple[Tree, ...], compile_: Compile) -> Condition:
    parts = [compile_condition(arg, compile_) for arg in args]
    return lambda frame: any(part(frame) for part in parts)


def _compile_not(args: tuple[Tree, ...], compile_: Compile) -> Condition:
    part = compile_condition(args[0], compile_)
    return lambda frame: not part(frame)


def _compile_xor(args: tuple[Tree, ...], compile_: Compile) -> Condition:
    parts = [compile_condition(arg, compile_) for arg in args]
    return lambda frame: sum(part(frame) for part in parts) % 2 == 1


def _compile_implies(args: tuple[Tree, ...], compile_: Compile) -> Condition:
    first, second = (compile_condition(arg, compile_) for arg in args)
    return lambda frame: not first(frame) or second(frame)


def _compile_iff(args: tuple[Tree, ...], compile_: Compile) -> Condition:
    first, second = (compile_condition(arg, compile_) for arg in args)
    return lambda frame: first(frame) == second(frame)


def _compile_chain(args: tuple[Tree, ...], compile_: Compile) -> Condition:
    """Return code for `a <= b < c`: every link holds."""
    links = [
        compile_condition(Apply(sign.value, (args[at - 1], args[at + 1])), compile_)
        for at, sign in enumerate(args)
        if at % 2 == 1 and isinstance(sign, Text)
    ]
    return lambda frame: all(link(frame) for link in links)


def _compile_in(args: tuple[Tree, ...], compile_: Compile) -> Condition:
    """Return code for membership in an interval or a listed set."""
    member, region = args
    match region:
        case Apply("interval", (low, high, Text(ends))):
            lower = Apply("ge" if ends.startswith("[") else "gt", (member, low))
            upper = Apply("le" if ends.endswith("]") else "lt", (member, high))
            return _compile_and((lower, upper), compile_)
        case Apply("set", elements):
            equations = tuple(Apply("eq", (member, each)) for each in elements)
            return _compile_or(equations, compile_)
        case Apply("union", parts):
            inside = tuple(Apply("in", (member, part)) for part in parts)
            return _compile_or(inside, compile_)
        case Constant("reals"):
            return _compile_real(member, compile_)
        case _:
            return _undecidable


def _compile_real(member: Tree, compile_: Compile) -> Condition:
    code = compile_(member)
    return lambda frame: not isinstance(code(frame), Matrix | acb)


def _compile_not_in(args: tuple[Tree, ...], compile_: Compile) -> Condition:
    inside = _compile_in(args, compile_)
    return lambda frame: not inside(frame)


def compile_cases(args: tuple[Tree, ...], compile_: Compile) -> Code:
    """Return code that takes the first value whose condition holds."""
    branches: list[tuple[Condition, Code]] = []
    for arg in args:
        match arg:
            case Apply("tuple", (value, condition)):
                test = compile_condition(condition, compile_)
                branches.append((test, compile_(value)))
            case Apply("tuple", (value,)):
                branches.append((lambda _frame: True, compile_(value)))
            case _:
                branches.append((lambda _frame: True, compile_(arg)))

    def code(frame: Frame) -> Value:
        for test, value in branches:
            if test(frame):
                return value(frame)
        raise NoCaseError

    return code


def compile_indicator(args: tuple[Tree, ...], compile_: Compile) -> Code:
    """Return code that is one where the condition holds and zero elsewhere."""
    test = compile_condition(args[0], compile_)

    def code(frame: Frame) -> Scalar:
        return ONE if test(frame) else ZERO

    return code


ConditionCompiler = Callable[[tuple[Tree, ...], Compile], Condition]

CONDITION_COMPILERS: Final[dict[str, ConditionCompiler]] = {
    **{head: _order(test) for head, test in ORDER.items()},
    "eq": _compile_eq,
    "ne": _compile_ne,
    "and": _compile_and,
    "or": _compile_or,
    "not": _compile_not,
    "xor": _compile_xor,
    "implies": _compile_implies,
    "iff": _compile_iff,
    "equivalent": _compile_iff,
    "chain": _compile_chain,
    "in": _compile_in,
    "not_in": _compile_not_in,
}

CONDITIONS: Final[dict[str, Compiler]] = {
    "cases": compile_cases,
    "indicator": compile_indicator,
}
