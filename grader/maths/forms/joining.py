"""Factors and terms of a form -> the same with its numbers joined by named rules."""

import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any, Final

Form = tuple[Any, ...]  # a head, then forms, numbers or words
Reading = Callable[[Form], Fraction | None]
ZERO: Final[Form] = ("number", Fraction(0))
ONE: Final[Form] = ("number", Fraction(1))
MINUS: Final[Form] = ("minus",)


def multiplied(flat: list[Form]) -> list[Form]:
    """Return factors with the whole numbers among them as one."""
    numbers = [factor for factor in flat if integer(factor) is not None]
    if len(numbers) < 2:  # noqa: PLR2004 - nothing to multiply
        return flat
    rest = [factor for factor in flat if integer(factor) is None]
    return [("number", math.prod(factor[1] for factor in numbers)), *rest]


def reduced(flat: list[Form]) -> list[Form]:
    """Return factors with the numbers above and below as one fraction in lowest terms."""
    value = Fraction(1)
    rest: list[Form] = []
    for factor in flat:
        below = integer(factor[1]) if factor[0] == "over" else None
        whole = integer(factor)
        if whole is not None:
            value *= whole
        elif below:
            value /= below
        else:
            rest.append(factor)
    top: list[Form] = [("number", Fraction(value.numerator))]
    if value.numerator == 1:
        top = []
    if value.denominator != 1:
        top.append(("over", ("number", Fraction(value.denominator))))
    return [*top, *rest]


def integer(form: Form) -> int | None:
    """Return the whole number that a form is, if it is one."""
    if form[0] == "number" and form[1].denominator == 1:
        return int(form[1])
    return None


def signed_integer(term: Form) -> Fraction | None:
    """Return the whole number with a sign that a term is, if it is one."""
    factors = factors_in(term)
    bare = [factor for factor in factors if factor != MINUS]
    if len(bare) != 1 or integer(bare[0]) is None:
        return None
    value: Fraction = bare[0][1]
    return -value if len(factors) % 2 == 0 else value


def signed_fraction(term: Form) -> Fraction | None:
    """Return the fraction with a sign that a term is, if it is one."""
    value, is_fraction = Fraction(1), False
    for factor in factors_in(term):
        below = integer(factor[1]) if factor[0] == "over" else None
        whole = integer(factor)
        if factor == MINUS:
            value = -value
        elif below:
            value, is_fraction = value / below, True
        elif whole is not None:
            value *= whole
        else:
            return None
    return value if is_fraction else None


def factors_in(form: Form) -> tuple[Form, ...]:
    """Return the factors of a form, which is its own if it is no product."""
    return form[1:] if form[0] == "product" else (form,)
