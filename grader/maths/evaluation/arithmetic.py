"""Code for sums, products, powers and the functions of numbers."""

from collections.abc import Callable
from fractions import Fraction
from math import gcd as common_divisor
from math import lcm as common_multiple
from typing import Final

from flint import acb, arb, fmpq

from grader.maths.evaluation import matrices
from grader.maths.evaluation.frame import Code, Compile, Compiler, Frame
from grader.maths.evaluation.functions import FUNCTIONS, Function, gamma
from grader.maths.evaluation.jumps import floor
from grader.maths.evaluation.matrices import Matrix, Unit, Value, over
from grader.maths.evaluation.powers import (
    bits_of,
    log_to_base,
    power,
    root,
    whole_power,
)
from grader.maths.evaluation.scalars import (
    divide,
    settled,
    square_root,
    to_ball,
    to_complex,
    to_integer,
    to_real,
)
from grader.maths.evaluation.values import (
    EXACT_BITS,
    ONE,
    ZERO,
    NotUnderstoodError,
    OutsideError,
    Plane,
    Scalar,
    ShapeError,
)
from grader.maths.tree import Constant, Number, Tree, symbols_of

LARGEST_BINOMIAL: Final = 1000
LARGEST_POLYGAMMA: Final = 50
LARGEST_MATRIX_POWER: Final = 200
HALF: Final = Number(Fraction(1, 2))


def scalar(value: Value) -> Scalar:
    """Return *value* if it is a number."""
    if isinstance(value, Matrix | Unit):
        raise ShapeError
    return value


def compile_add(args: tuple[Tree, ...], compile_: Compile) -> Code:
    """Return code that adds its arguments up."""
    codes = [compile_(arg) for arg in args]
    if len(codes) == 2:  # noqa: PLR2004  two is the usual number, and worth its own code
        first, second = codes
        return lambda frame: first(frame) + second(frame)

    def code(frame: Frame) -> Value:
        total: Value = ZERO
        for each in codes:
            total = total + each(frame)
        return total

    return code


def compile_mul(args: tuple[Tree, ...], compile_: Compile) -> Code:
    """Return code that multiplies its arguments from left to right."""
    codes = [compile_(arg) for arg in args]
    if len(codes) == 2:  # noqa: PLR2004  two is the usual number, and worth its own code
        first, second = codes
        return lambda frame: first(frame) * second(frame)

    def code(frame: Frame) -> Value:
        total: Value = ONE
        for each in codes:
            total = total * each(frame)
        return total

    return code


def compile_neg(args: tuple[Tree, ...], compile_: Compile) -> Code:
    """Return code that negates its argument."""
    inner = compile_(args[0])
    return lambda frame: -inner(frame)


def compile_div(args: tuple[Tree, ...], compile_: Compile) -> Code:
    """Return code that divides its arguments."""
    above, below = map(compile_, args)
    return lambda frame: over(above(frame), below(frame))


def compile_pow(args: tuple[Tree, ...], compile_: Compile) -> Code:
    """Return code for a power; that of e is the exponential."""
    base, exponent = args
    if base == Constant("e"):
        return _of_function(FUNCTIONS["exp"])((exponent,), compile_)
    if exponent == HALF:
        return _of_function(square_root)((base,), compile_)
    base_code, exponent_code = compile_(base), compile_(exponent)
    written = not symbols_of(exponent)  # x^a has no odd root to speak of

    def code(frame: Frame) -> Value:
        odd_roots = written and frame.odd_roots
        below, above = base_code(frame), scalar(exponent_code(frame))
        if isinstance(below, Matrix | Unit):
            return _matrix_power(below, above)
        return power(below, above, plane=frame.plane, odd_roots=odd_roots)

    return code


def _matrix_power(base: Matrix | Unit, exponent: Scalar) -> Value:
    whole = to_integer(exponent)
    if isinstance(base, Unit):
        return Unit(whole_power(base.scale, _whole(exponent)))
    if whole is None or abs(whole) > LARGEST_MATRIX_POWER:
        raise OutsideError
    return matrices.power(base, whole)


def compile_root(args: tuple[Tree, ...], compile_: Compile) -> Code:
    """Return code for the root of a degree."""
    radicand, degree = map(compile_, args)
    return lambda frame: root(
        scalar(radicand(frame)), scalar(degree(frame)), plane=frame.plane
    )


def compile_log(args: tuple[Tree, ...], compile_: Compile) -> Code:
    """Return code for the logarithm to a base."""
    value, base = map(compile_, args)
    return lambda frame: log_to_base(
        scalar(value(frame)), scalar(base(frame)), plane=frame.plane
    )


def _of_function(function: Function) -> Compiler:
    """Return the compiler of a function of one number; a vector goes in by entries."""

    def compiler(args: tuple[Tree, ...], compile_: Compile) -> Code:
        inner = compile_(args[0])

        def code(frame: Frame) -> Value:
            value = inner(frame)
            if isinstance(value, Matrix):
                return _by_entries(function, value, frame)
            return function(scalar(value), frame.plane)

        return code

    return compiler


def _by_entries(function: Function, value: Matrix, frame: Frame) -> Value:
    if 1 not in value.shape:
        raise OutsideError
    return value.map(lambda entry: function(entry, frame.plane))


def _of_scalars(function: Callable[[list[Scalar], Frame], Scalar]) -> Compiler:
    """Return the compiler of a function of several numbers."""

    def compiler(args: tuple[Tree, ...], compile_: Compile) -> Code:
        codes = [compile_(arg) for arg in args]
        return lambda frame: function([scalar(each(frame)) for each in codes], frame)

    return compiler


def _greatest(values: list[Scalar], _frame: Frame) -> Scalar:
    best = to_real(values[0])
    for value in values[1:]:
        best = _greater(best, to_real(value))
    return best


def _greater(one: fmpq | arb, other: fmpq | arb) -> fmpq | arb:
    """Return the greater; of balls that overlap, a ball that holds it."""
    if one >= other:
        return one
    if other >= one:
        return other
    return arb(one).max(arb(other))


def _least(values: list[Scalar], frame: Frame) -> Scalar:
    return -_greatest([-value for value in values], frame)


def _whole(value: Scalar) -> int:
    whole = to_integer(value)
    if whole is None or abs(whole).bit_length() > EXACT_BITS:
        raise OutsideError
    return whole


def _rational(value: Scalar) -> fmpq:
    if not isinstance(value, fmpq) or bits_of(value) > EXACT_BITS:
        raise NotUnderstoodError
    return value


def _gcd(values: list[Scalar], _frame: Frame) -> Scalar:
    """Return the greatest rational of which all are whole multiples."""
    parts = [_rational(value) for value in values]
    above = common_divisor(*(int(part.p) for part in parts))
    return fmpq(above, common_multiple(*(int(part.q) for part in parts)))


def _lcm(values: list[Scalar], _frame: Frame) -> Scalar:
    """Return the least rational that is a whole multiple of all."""
    parts = [_rational(value) for value in values]
    above = common_multiple(*(int(part.p) for part in parts))
    return fmpq(above, common_divisor(*(int(part.q) for part in parts)))


def _mod(values: list[Scalar], frame: Frame) -> Scalar:
    value, modulus = values
    return value - modulus * floor(divide(value, modulus), frame.plane)


def _binomial(values: list[Scalar], _frame: Frame) -> Scalar:
    """Return n over k: a polynomial in n for a natural k, else by gamma."""
    above, below = values
    whole = to_integer(below)
    if whole is not None and abs(whole) <= LARGEST_BINOMIAL:
        return _falling(above, whole)
    ball = to_ball(above)
    return settled(
        (ball + 1).gamma() * to_ball(below + 1).rgamma() * (ball - below + 1).rgamma()
    )


def _falling(above: Scalar, below: int) -> Scalar:
    total: Scalar = ONE if below >= 0 else ZERO
    for step in range(below):
        total = total * (above - step) / (step + 1)
    return total


def _atan2(values: list[Scalar], _frame: Frame) -> Scalar:
    y, x = map(to_real, values)
    if x == 0 and y == 0:
        raise OutsideError
    return settled(arb.atan2(arb(y), arb(x)))


def _beta(values: list[Scalar], frame: Frame) -> Scalar:
    a, b = values
    both = gamma(a, frame.plane) * gamma(b, frame.plane)
    return divide(both, gamma(a + b, frame.plane))


def _polygamma(values: list[Scalar], frame: Frame) -> Scalar:
    order, value = values
    whole = _whole(order)
    if not 0 <= whole <= LARGEST_POLYGAMMA:
        raise OutsideError
    if whole == 0:
        return FUNCTIONS["digamma"](value, frame.plane)
    result = to_complex(value).polygamma(acb(whole))
    return settled(result if frame.plane is Plane.COMPLEX else result.real)


ARITHMETIC: Final[dict[str, Compiler]] = {
    "add": compile_add,
    "mul": compile_mul,
    "neg": compile_neg,
    "div": compile_div,
    "pow": compile_pow,
    "root": compile_root,
    "log": compile_log,
    "max": _of_scalars(_greatest),
    "min": _of_scalars(_least),
    "gcd": _of_scalars(_gcd),
    "lcm": _of_scalars(_lcm),
    "mod": _of_scalars(_mod),
    "binomial": _of_scalars(_binomial),
    "atan2": _of_scalars(_atan2),
    "beta": _of_scalars(_beta),
    "polygamma": _of_scalars(_polygamma),
    **{name: _of_function(function) for name, function in FUNCTIONS.items()},
}
