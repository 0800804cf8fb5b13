"""The functions of one number by head: each takes a value and the plane it is in."""

from collections.abc import Callable
from typing import Final

from flint import acb, arb, fmpq, fmpz

from grader.maths.evaluation.jumps import (
    ceiling,
    dirac,
    floor,
    heaviside,
    rectified,
    rounded,
    sign,
)
from grader.maths.evaluation.scalars import (
    absolute,
    divide,
    logarithm,
    reciprocal,
    settled,
    sign_of,
    to_ball,
    to_complex,
    to_integer,
    to_real,
)
from grader.maths.evaluation.values import (
    ONE,
    ZERO,
    OutsideError,
    Plane,
    Scalar,
    UnresolvedError,
)

Function = Callable[[Scalar, Plane], Scalar]

LARGEST_EXACT_FACTORIAL: Final = 1000
CUT_OFF_THE_LINE: Final = frozenset({"atan", "asinh"})
LARGEST_HEIGHT: Final = 10**5
"""The zeta function takes time with the height of its argument."""


def _within(value: Scalar, *, low: int | None, high: int | None, closed: bool) -> bool:
    """Return whether a real *value* lies within bounds, or raise if unresolved."""
    if low is not None:
        side = sign_of(value - low)
        if side < 0 or (side == 0 and not closed):
            return False
    if high is not None:
        side = sign_of(high - value)
        if side < 0 or (side == 0 and not closed):
            return False
    return True


def _method(
    name: str,
    *,
    low: int | None = None,
    high: int | None = None,
    closed: bool = True,
    at_zero: fmpq | None = None,
) -> Function:
    """Return the function that calls the ball's own method, within a real domain."""
    bounded = low is not None or high is not None

    def function(value: Scalar, plane: Plane) -> Scalar:
        if value == 0 and at_zero is not None:
            return at_zero
        if not isinstance(value, acb):
            inside = not bounded or _within(value, low=low, high=high, closed=closed)
            if inside:
                return settled(getattr(to_ball(value), name)())
            if plane is Plane.LINE:
                raise OutsideError
        if plane is Plane.ANALYTIC and (bounded or name in CUT_OFF_THE_LINE):
            _holomorphic_strip(value, low, high)
        return settled(getattr(to_complex(value), name)())

    return function


def _holomorphic_strip(value: Scalar, low: int | None, high: int | None) -> None:
    """Raise unless the ball lies where no inverse function has a branch cut."""
    ball = to_complex(value)
    if low is None and high is None:
        clear = bool(ball.imag < 1 and ball.imag > -1) or not ball.real.contains(0)
    else:
        above = low is None or bool(ball.real > low)
        below = high is None or bool(ball.real < high)
        clear = (above and below) or not ball.imag.contains(0)
    if not clear:
        raise UnresolvedError


def _of_reciprocal(inner: Function) -> Function:
    return lambda value, plane: inner(reciprocal(value), plane)


def _reciprocal_of(inner: Function) -> Function:
    return lambda value, plane: reciprocal(inner(value, plane))


def _not_holomorphic(value: Scalar, plane: Plane) -> None:
    if plane is Plane.ANALYTIC and isinstance(value, acb):
        raise UnresolvedError


def real_part(value: Scalar, plane: Plane) -> Scalar:
    """Return the real part."""
    _not_holomorphic(value, plane)
    return value.real if isinstance(value, acb) else value


def imaginary_part(value: Scalar, plane: Plane) -> Scalar:
    """Return the imaginary part."""
    _not_holomorphic(value, plane)
    return value.imag if isinstance(value, acb) else ZERO


def conjugate(value: Scalar, plane: Plane) -> Scalar:
    """Return the complex conjugate."""
    _not_holomorphic(value, plane)
    return value.conjugate() if isinstance(value, acb) else value


def argument(value: Scalar, _plane: Plane) -> Scalar:
    """Return the principal argument."""
    if isinstance(value, acb):
        if value.contains(0):
            raise UnresolvedError
        return settled(value.arg())
    side = sign_of(value)
    if side == 0:
        raise OutsideError
    return ZERO if side > 0 else arb.pi()


def _without_poles(name: str) -> Function:
    """Return gamma or a relative of it, outside its domain at 0, -1, -2 ..."""

    def function(value: Scalar, _plane: Plane) -> Scalar:
        whole = to_integer(value)
        if whole is not None and whole <= 0:
            raise OutsideError
        return settled(getattr(to_ball(value), name)())

    return function


gamma: Final = _without_poles("gamma")


def factorial(value: Scalar, plane: Plane) -> Scalar:
    """Return the factorial; gamma carries it to all but the negative integers."""
    whole = to_integer(value)
    if whole is not None and 0 <= whole <= LARGEST_EXACT_FACTORIAL:
        return fmpq(fmpz.fac_ui(fmpz(whole)))
    return gamma(value + 1, plane)


def double_factorial(value: Scalar, _plane: Plane) -> Scalar:
    """Return n (n - 2) (n - 4) ... for an integer n."""
    whole = to_integer(value)
    if whole is None or not -1 <= whole <= LARGEST_EXACT_FACTORIAL:
        raise OutsideError
    result = fmpz(1)
    for factor in range(whole, 1, -2):
        result *= factor
    return fmpq(result)


def zeta(value: Scalar, _plane: Plane) -> Scalar:
    """Return the zeta function of Riemann."""
    if value == 1:
        raise OutsideError
    ball = to_ball(value)
    if not abs(ball) < LARGEST_HEIGHT:
        raise UnresolvedError
    return settled(ball.zeta())


def error_function_inverse(value: Scalar, _plane: Plane) -> Scalar:
    """Return the inverse of the error function on (-1, 1)."""
    if value == 0:
        return ZERO
    if not _within(value, low=-1, high=1, closed=False):
        raise OutsideError
    return settled(arb(to_real(value)).erfinv())


def sigmoid(value: Scalar, plane: Plane) -> Scalar:
    """Return 1 / (1 + exp(-v))."""
    return reciprocal(exponential(-value, plane) + 1)


def softplus(value: Scalar, plane: Plane) -> Scalar:
    """Return ln(1 + exp(v))."""
    return logarithm(exponential(value, plane) + 1, plane)


def logit(value: Scalar, plane: Plane) -> Scalar:
    """Return ln(v / (1 - v))."""
    return logarithm(divide(value, 1 - value), plane)


def normal_density(value: Scalar, plane: Plane) -> Scalar:
    """Return the density of the standard normal law."""
    return exponential(-value * value / 2, plane) / (arb.pi() * 2).sqrt()


def normal_distribution(value: Scalar, _plane: Plane) -> Scalar:
    """Return the distribution function of the standard normal law."""
    return settled((to_ball(-value) / arb(2).sqrt()).erfc()) / 2


exponential: Final = _method("exp", at_zero=ONE)
_asin: Final = _method("asin", low=-1, high=1, at_zero=ZERO)
_acos: Final = _method("acos", low=-1, high=1)
_acosh: Final = _method("acosh", low=1)
_asinh: Final = _method("asinh", at_zero=ZERO)
_atan: Final = _method("atan", at_zero=ZERO)
_atanh: Final = _method("atanh", low=-1, high=1, closed=False, at_zero=ZERO)
_sin: Final = _method("sin", at_zero=ZERO)
_cos: Final = _method("cos", at_zero=ONE)
_sinh: Final = _method("sinh", at_zero=ZERO)
_cosh: Final = _method("cosh", at_zero=ONE)
_tanh: Final = _method("tanh", at_zero=ZERO)
_tan: Final = _method("tan", at_zero=ZERO)


def _cotangent(value: Scalar, plane: Plane) -> Scalar:
    return divide(_cos(value, plane), _sin(value, plane))


def _arc_cotangent(value: Scalar, plane: Plane) -> Scalar:
    if value == 0:
        return arb.pi() / 2
    return _atan(reciprocal(value), plane)


FUNCTIONS: Final[dict[str, Function]] = {
    "exp": exponential,
    "ln": logarithm,
    "abs": absolute,
    "sign": sign,
    "floor": floor,
    "ceil": ceiling,
    "round": rounded,
    "re": real_part,
    "im": imaginary_part,
    "conj": conjugate,
    "arg": argument,
    "sin": _sin,
    "cos": _cos,
    "tan": _tan,
    "cot": _cotangent,
    "sec": _reciprocal_of(_cos),
    "csc": _reciprocal_of(_sin),
    "asin": _asin,
    "acos": _acos,
    "atan": _atan,
    "acot": _arc_cotangent,
    "asec": _of_reciprocal(_acos),
    "acsc": _of_reciprocal(_asin),
    "sinh": _sinh,
    "cosh": _cosh,
    "tanh": _tanh,
    "coth": _reciprocal_of(_tanh),
    "sech": _reciprocal_of(_cosh),
    "csch": _reciprocal_of(_sinh),
    "asinh": _asinh,
    "acosh": _acosh,
    "atanh": _atanh,
    "acoth": _of_reciprocal(_atanh),
    "asech": _of_reciprocal(_acosh),
    "acsch": _of_reciprocal(_asinh),
    "factorial": factorial,
    "factorial2": double_factorial,
    "gamma": gamma,
    "lngamma": _without_poles("lgamma"),
    "digamma": _without_poles("digamma"),
    "zeta": zeta,
    "erf": _method("erf", at_zero=ZERO),
    "erfc": _method("erfc", at_zero=ONE),
    "erfinv": error_function_inverse,
    "sigmoid": sigmoid,
    "softplus": softplus,
    "relu": rectified,
    "heaviside": heaviside,
    "dirac": dirac,
    "logit": logit,
    "normal_pdf": normal_density,
    "normal_cdf": normal_distribution,
    "percent": lambda value, _plane: value / 100,
    "degrees": lambda value, _plane: value * arb.pi() / 180,
}
