"""Special functions that have a name but no head: name and number of arguments."""

from collections.abc import Callable
from typing import Final

from flint import acb

from grader.maths.evaluation.scalars import settled, to_ball, to_complex
from grader.maths.evaluation.values import OutsideError, Scalar

Special = Callable[..., Scalar]


def _of_one(method: str) -> dict[int, Special]:
    def function(value: Scalar) -> Scalar:
        return settled(getattr(to_ball(value), method)())

    return {1: function}


def _of_order(method: str) -> dict[int, Special]:
    """Return a function of an order and a value, in the argument order of courses."""

    def function(order: Scalar, value: Scalar) -> Scalar:
        result = settled(getattr(to_complex(value), method)(to_complex(order)))
        return _real_if_real(result, order, value)

    return {2: function}


def _real_if_real(result: Scalar, *arguments: Scalar) -> Scalar:
    if not isinstance(result, acb) or any(
        isinstance(argument, acb) for argument in arguments
    ):
        return result
    if result.imag.contains(0):
        return result.real
    raise OutsideError


def _sinc(value: Scalar) -> Scalar:
    return to_ball(value).sinc()


def _agm(one: Scalar, other: Scalar) -> Scalar:
    return settled(to_complex(one).agm(to_complex(other)))


SPECIAL: Final[dict[str, dict[int, Special]]] = {
    "LambertW": _of_one("lambertw"),
    "Ei": _of_one("ei"),
    "Si": _of_one("si"),
    "Ci": _of_one("ci"),
    "Shi": _of_one("shi"),
    "Chi": _of_one("chi"),
    "li": _of_one("li"),
    "erfi": _of_one("erfi"),
    "sinc": {1: _sinc},
    "airyai": _of_one("airy_ai"),
    "airybi": _of_one("airy_bi"),
    "fresnels": _of_one("fresnel_s"),
    "fresnelc": _of_one("fresnel_c"),
    "besselj": _of_order("bessel_j"),
    "bessely": _of_order("bessel_y"),
    "besseli": _of_order("bessel_i"),
    "besselk": _of_order("bessel_k"),
}
