"""Code for derivatives and gradients; what the rules cannot take is opaque."""

from collections.abc import Sequence
from typing import Final

from flint import fmpq

from grader.maths.deciding.derivative import differentiate, replaced
from grader.maths.deciding.parameters import rests_on
from grader.maths.deciding.survey import survey, whole_number
from grader.maths.evaluation.frame import Code, Compile, Compiler, Frame
from grader.maths.evaluation.laws_moved import through_laws
from grader.maths.evaluation.matrices import Matrix, Unit, Value, collapsed
from grader.maths.evaluation.models import compile_opaque
from grader.maths.evaluation.randomness import random_rational, random_sign
from grader.maths.evaluation.values import ONE, ZERO, NotUnderstoodError, Scalar
from grader.maths.tree import Apply, Symbol, Tree

LARGEST_ORDER: Final = 8
MOST_NODES: Final = 4000
"""Derivatives of high order grow without bound."""

DIRECTION: Final = "direction of "
"""Begins the name of the unit vector along which a gradient is taken."""

PLACE: Final = "place of a gradient"
"""Names what a function is applied to where its gradient is taken."""


def compile_derivative(args: tuple[Tree, ...], compile_: Compile) -> Code:
    """Return code for a derivative, found by the rules; else it is opaque."""
    body, *variables = _flattened(args)
    value = next((each for each in variables if _is_value(each)), None)
    if value is not None:
        return _by_value(body, variables, value, compile_)
    orders = [_order(variable) for variable in variables]
    if isinstance(body, Symbol):
        return _dependent(body.name, orders)
    opaque = compile_opaque("derivative", args)
    through = next((name for name, _ in orders if rests_on(body, name)), None)
    if through is not None:
        single = orders == [(through, 1)]
        return through_laws(body, through, compile_, opaque) if single else opaque
    return _by_rules(body, orders, compile_) or opaque


def _by_rules(
    body: Tree, orders: Sequence[tuple[str, int]], compile_: Compile
) -> Code | None:
    if sum(count for _, count in orders) > LARGEST_ORDER:
        return None
    try:
        for name, count in orders:
            for _ in range(count):
                body = differentiate(body, name)
                if not is_small(body):
                    return None
    except NotUnderstoodError:
        return None
    return compile_(body)


def _is_value(variable: Tree) -> bool:
    return isinstance(variable, Apply) and variable.head in APPLIED


def _by_value(
    body: Tree, variables: Sequence[Tree], value: Tree, compile_: Compile
) -> Code:
    r"""Return code for `\partial L / \partial f(x)`: f(x) becomes a name for a while."""
    opaque = compile_opaque("derivative", (body, *variables))
    name = Symbol(VALUE + repr(value))
    orders = [_order(name if each == value else each) for each in variables]
    if isinstance(body, Symbol) or not BINDING.isdisjoint(survey(body).heads):
        return opaque
    if any(count > 1 for _, count in orders):
        return opaque
    slope = replaced(body, value, name)
    try:
        for word, _ in orders:
            slope = differentiate(slope, word)
    except NotUnderstoodError:
        return opaque
    return compile_(replaced(slope, name, value))


APPLIED: Final = frozenset({"call", "index"})
BINDING: Final = frozenset({"integral", "sum", "product", "expectation", "lambda"})
"""What is differentiated by a value inside these is more than that one value."""

VALUE: Final = "value of "
"""Begins the name of a function's value while one differentiates by it."""


def is_small(tree: Tree) -> bool:
    """Return whether a tree has few enough nodes to go on with."""
    left = MOST_NODES
    stack = [tree]
    while stack and left:
        node = stack.pop()
        left -= 1
        if isinstance(node, Apply):
            stack.extend(node.args)
    return left > 0


def _flattened(args: tuple[Tree, ...]) -> tuple[Tree, ...]:
    """Return a derivative of derivatives as one derivative in several names."""
    match args[0]:
        case Apply("derivative" | "partial", inner):
            body, *first = _flattened(inner)
            return (body, *first, *args[1:])
        case _:
            return args


def _order(variable: Tree) -> tuple[str, int]:
    match variable:
        case Symbol(name):
            return name, 1
        case Apply("tuple", (Symbol(name), count)):
            return name, whole_number(count) or LARGEST_ORDER + 1
        case _:
            return "", LARGEST_ORDER + 1


def _dependent(name: str, orders: Sequence[tuple[str, int]]) -> Code:
    """Return code for `dy/dx`: of a bare name, a number for each set of orders.

    A first derivative is a quotient of differentials, so that the chain rule holds.
    """
    if {other for other, _ in orders} == {name}:
        total = sum(count for _, count in orders)
        return lambda _frame: ONE if total == 1 else ZERO
    counts: dict[str, int] = {}
    for other, count in orders:
        counts[other] = counts.get(other, 0) + count
    key = sorted(counts.items())
    if sum(counts.values()) == 1:
        return lambda frame: (
            _differential(name, frame) / _differential(key[0][0], frame)
        )
    return lambda frame: random_rational("slope", name, key, frame.seed)


def _differential(name: str, frame: Frame) -> fmpq:
    sign = random_sign("differential", name, frame.seed)
    return random_rational("differential", name, frame.seed) * sign


def compile_gradient(args: tuple[Tree, ...], compile_: Compile) -> Code:
    """Return code for the gradient, in the layout of its argument."""
    match args:
        case (Symbol(body), Symbol(name)) if body != name:
            return compile_opaque("gradient", args, like=name)
        case (body, Symbol(name)):
            return _gradient_of(body, name, compile_)
        case (Apply("call", (_, Symbol(name))) as body,):
            return _gradient_of(body, name, compile_)
        case (Apply("call", (function, argument)),):
            return _gradient_at(function, compile_(argument), compile_)
        case _:
            return compile_opaque("gradient", args)


def _gradient_of(body: Tree, name: str, compile_: Compile) -> Code:
    unknown = compile_opaque("gradient", (body, Symbol(name)), like=name)
    if rests_on(body, name):
        return through_laws(body, name, compile_, unknown)
    try:
        slope = compile_(differentiate(body, name))
        along = compile_(differentiate(body, name, Symbol(DIRECTION + name)))
    except NotUnderstoodError:
        return unknown

    def code(frame: Frame) -> Value:
        place = frame.values.get(name)
        if not isinstance(place, Matrix):
            return slope(frame)
        return _gradient(along, name, place.shape, frame)

    return code


def _gradient_at(function: Tree, argument: Code, compile_: Compile) -> Code:
    """Return code for a function's gradient at what an argument comes to."""
    body = Apply("call", (function, Symbol(PLACE)))
    gradient = compile_gradient((body, Symbol(PLACE)), compile_)

    def code(frame: Frame) -> Value:
        place = argument(frame)
        with frame.bound(PLACE):
            frame.values[PLACE] = place
            return gradient(frame)

    return code


def _gradient(along: Code, name: str, shape: tuple[int, int], frame: Frame) -> Value:
    word = DIRECTION + name
    rows: list[tuple[Scalar, ...]] = []
    with frame.bound(word):
        for row in range(shape[0]):
            entries: list[Scalar] = []
            for column in range(shape[1]):
                frame.budget.spend()
                frame.values[word] = _unit(row, column, shape)
                entries.append(_number(along(frame)))
            rows.append(tuple(entries))
    return collapsed(Matrix(tuple(rows)))


def _number(value: Value) -> Scalar:
    if isinstance(value, Matrix | Unit):
        raise NotUnderstoodError
    return value


def _unit(row: int, column: int, shape: tuple[int, int]) -> Matrix:
    return Matrix(
        tuple(
            tuple(ONE if (i, j) == (row, column) else ZERO for j in range(shape[1]))
            for i in range(shape[0])
        )
    )


GRADIENTS: Final[dict[str, Compiler]] = {
    "derivative": compile_derivative,
    "partial": compile_derivative,
    "gradient": compile_gradient,
}
