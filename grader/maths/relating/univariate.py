"""A tree in one name, all others fixed -> a quotient of polynomials -> its zeros.

Coefficients are exact rationals where they can be, and balls otherwise.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import zip_longest
from typing import Final

from flint import acb, acb_poly, arb, fmpq, fmpq_poly

from grader.maths.evaluation.evaluate import compiled, run
from grader.maths.evaluation.frame import Frame
from grader.maths.evaluation.scalars import to_complex
from grader.maths.evaluation.values import Plane, Scalar
from grader.maths.forms.polynomials import whole_number
from grader.maths.tree import Apply, Symbol, Tree, symbols_of

Coefficients = Sequence[Scalar]
HIGHEST_DEGREE: Final = 130
ONE: Final = (fmpq(1),)
NARROW: Final = arb(2) ** -180


class NotUnivariateError(Exception):
    """The tree is no quotient of polynomials in the name."""


@dataclass(frozen=True, slots=True)
class Line:
    """One polynomial in a name over another, coefficients from the constant up."""

    above: Coefficients
    below: Coefficients


def line_of(tree: Tree, name: str, frame: Frame) -> Line:
    """Return *tree* as a quotient in *name*, or raise `NotUnivariateError`."""
    match tree:
        case Symbol(found) if found == name:
            return Line((fmpq(0), fmpq(1)), ONE)
        case Apply(head, args) if head in {"add", "mul", "neg", "div"}:
            return _combined(head, [line_of(arg, name, frame) for arg in args])
        case Apply("pow", (base, exponent)) if (
            times := whole_number(exponent)
        ) is not None and name in symbols_of(base):
            return _power(line_of(base, name, frame), times)
        case _ if name not in symbols_of(tree):
            return Line((_constant(tree, frame),), ONE)
        case _:
            raise NotUnivariateError


def _constant(tree: Tree, frame: Frame) -> Scalar:
    value = run(compiled(tree), frame)
    if not isinstance(value, fmpq | arb | acb):
        raise NotUnivariateError
    return value


def _combined(head: str, parts: list[Line]) -> Line:
    match head:
        case "neg":
            return Line([-c for c in parts[0].above], parts[0].below)
        case "div":
            over = Line(parts[1].below, parts[1].above)
            return _times(parts[0], over)
        case "add":
            total = Line((fmpq(0),), ONE)
            for part in parts:
                total = _plus(total, part)
            return total
        case _:
            total = Line(ONE, ONE)
            for part in parts:
                total = _times(total, part)
            return total


def _plus(one: Line, two: Line) -> Line:
    if one.below == two.below:
        return Line(_sum(one.above, two.above), one.below)
    above = _sum(_product(one.above, two.below), _product(two.above, one.below))
    return Line(above, _product(one.below, two.below))


def _times(one: Line, two: Line) -> Line:
    return Line(_product(one.above, two.above), _product(one.below, two.below))


def _power(base: Line, times: int) -> Line:
    if abs(times) * max(len(base.above), len(base.below)) > 2 * HIGHEST_DEGREE:
        raise NotUnivariateError
    total = Line(ONE, ONE)
    for _ in range(abs(times)):
        total = _times(total, base)
    return total if times >= 0 else Line(total.below, total.above)


def _sum(one: Coefficients, two: Coefficients) -> Coefficients:
    return [a + b for a, b in zip_longest(one, two, fillvalue=fmpq(0))]


def _product(one: Coefficients, two: Coefficients) -> Coefficients:
    if one == ONE:
        return two
    if two == ONE:
        return one
    if len(one) + len(two) > HIGHEST_DEGREE:
        raise NotUnivariateError
    result: list[Scalar] = [fmpq(0)] * (len(one) + len(two) - 1)
    for i, a in enumerate(one):
        for j, b in enumerate(two):
            result[i + j] = result[i + j] + a * b
    return result


def zeros_of(coefficients: Coefficients, plane: Plane) -> list[Scalar] | None:
    """Return every zero of a polynomial, once each; None if it is zero everywhere.

    Raises `NotUnivariateError` where balls are too wide to find them.
    """
    trimmed = _trimmed(coefficients)
    if not trimmed:
        return None
    if len(trimmed) == 1:
        return []
    exact = [c for c in trimmed if isinstance(c, fmpq)]
    if len(exact) == len(trimmed):
        return _exact_zeros(exact, plane)
    if len(trimmed) == 2:  # noqa: PLR2004 - a line
        return _on_plane([-trimmed[0] / trimmed[1]], plane)
    if len(trimmed) == 3 and (double := _double_zero(trimmed)) is not None:  # noqa: PLR2004 - a parabola
        return _on_plane([double], plane)
    try:
        roots = acb_poly([to_complex(c) for c in trimmed]).roots(tol=NARROW)
    except (ValueError, ArithmeticError) as error:
        raise NotUnivariateError from error
    return _on_plane(roots, plane)


def _trimmed(coefficients: Coefficients) -> list[Scalar]:
    kept = list(coefficients)
    while kept and _vanishes(kept[-1]):
        kept.pop()
    return kept


def _vanishes(value: Scalar) -> bool:
    return value == 0 if isinstance(value, fmpq) else bool(value.contains(0))


def _double_zero(coefficients: list[Scalar]) -> Scalar | None:
    constant, slope, lead = coefficients
    discriminant = slope * slope - 4 * lead * constant
    return -slope / (2 * lead) if _vanishes(discriminant) else None


def _exact_zeros(coefficients: list[fmpq], plane: Plane) -> list[Scalar]:
    if len(coefficients) == 2:  # noqa: PLR2004 - a line
        return [-coefficients[0] / coefficients[1]]
    whole = fmpq_poly(coefficients).numer()
    found: list[Scalar] = []
    for factor, _ in whole.factor()[1]:
        if factor.degree() == 1:
            found.append(fmpq(-factor[0], factor[1]))
        else:
            roots: list[tuple[acb, int]] = factor.complex_roots()  # type: ignore[assignment]
            found += _on_plane([root for root, _ in roots], plane)
    return found


def _on_plane(roots: Sequence[Scalar], plane: Plane) -> list[Scalar]:
    if plane is Plane.COMPLEX:
        return list(roots)
    return [real for root in roots if (real := _real_part(root)) is not None]


def _real_part(root: Scalar) -> fmpq | arb | None:
    if not isinstance(root, acb):
        return root
    return root.real if root.imag.contains(0) else None


def as_fraction(value: Scalar) -> Fraction:
    """Return a rational at, or at the middle of, a real *value*."""
    if isinstance(value, fmpq):
        return Fraction(int(value.p), int(value.q))
    if isinstance(value, acb):
        value = value.real
    mantissa, exponent = value.mid().man_exp()
    return Fraction(int(mantissa)) * Fraction(2) ** int(exponent)
