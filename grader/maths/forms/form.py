"""A tree as written and the shape that was asked for -> what keeps it from that shape.

Form is a separate question from value: a factored answer to another question is
factored. Each test returns a reason code, or the empty string where all is well.
"""

from collections.abc import Callable, Iterator
from fractions import Fraction
from math import gcd, prod
from typing import Final

from grader.maths.forms.polynomials import (
    NotPolynomialError,
    Polynomial,
    Ring,
    degree_in,
    generator_named,
    ring_of,
    whole_number,
)
from grader.maths.forms.shapes import Shape
from grader.maths.forms.written import (
    factors_of,
    is_constant,
    is_sum,
    subtrees,
    terms_of,
)
from grader.maths.tree import Apply, Number, Tree


def fault_of_form(tree: Tree, shape: Shape, variable: str = "") -> str:
    """Return why *tree* does not have *shape*, or the empty string if it has."""
    try:
        return TESTS[shape](tree, variable)
    except NotPolynomialError:
        return "no-polynomial"


def _expanded(tree: Tree, _variable: str) -> str:
    return next(filter(None, map(_fault_in_expansion, subtrees(tree))), "")


def _fault_in_expansion(tree: Tree) -> str:
    match tree:
        case Apply("mul", args) if any(is_sum(_unsigned(arg)) for arg in args):
            return "product-of-a-sum"
        case Apply("neg", (inner,)) if is_sum(inner):
            return "product-of-a-sum"
        case Apply("div", (above, _)) if is_sum(_unsigned(above)):
            return "product-of-a-sum"
        case Apply("pow", (base, exponent)) if is_sum(_unsigned(base)):
            return "power-of-a-sum" if (whole_number(exponent) or 0) > 1 else ""
        case _:
            return ""


def _unsigned(tree: Tree) -> Tree:
    while isinstance(tree, Apply) and tree.head == "neg":
        tree = tree.args[0]
    return tree


def _factored(tree: Tree, _variable: str) -> str:
    for factor, side in factors_of(tree):
        base = _base(factor)
        if side < 0 and not isinstance(base, Number):
            return "not-a-product"
        fault = _fault_in_factor(base)
        if fault:
            return fault
    return ""


def _base(factor: Tree) -> Tree:
    match factor:
        case Apply("pow", (base, exponent)) if (whole_number(exponent) or 0) > 0:
            return base
        case _:
            return factor


def _fault_in_factor(tree: Tree) -> str:
    inner = list(factors_of(tree))
    if len(inner) > 1:
        return _factored(tree, "")
    if not is_sum(tree):
        return ""
    polynomial = ring_of(tree).quotient(tree)
    content, irreducible = polynomial.above.factor()
    if sum(times for _, times in irreducible) > 1:
        return "factors-further"
    scale = Fraction(int(content.p), int(content.q)) / _number_of(polynomial.below)
    lead = Fraction(1) if not irreducible else _content(irreducible[0][0])
    common = abs((scale * lead).numerator) != 1  # x - 1/2 is as good as 2x - 1
    return "common-number" if common and irreducible else ""


def _content(polynomial: Polynomial) -> Fraction:
    values = [Fraction(int(c.p), int(c.q)) for c in polynomial.coeffs()]
    below = prod({value.denominator for value in values})
    return Fraction(gcd(*(int(value * below) for value in values)), below)


def _number_of(polynomial: Polynomial) -> Fraction:
    values = polynomial.coeffs()
    if polynomial.total_degree() > 0 or len(values) != 1:
        raise NotPolynomialError
    return Fraction(int(values[0].p), int(values[0].q))


def _lowest_terms(tree: Tree, _variable: str) -> str:
    return next(filter(None, map(_fault_in_terms, _products(tree))), "")


def _products(tree: Tree) -> Iterator[Tree]:
    """Yield each largest product in *tree*, then those inside its factors."""
    yield tree
    for factor, _ in factors_of(tree):
        if isinstance(factor, Apply):
            for arg in factor.args:
                yield from _products(arg)


def _fault_in_terms(tree: Tree) -> str:
    whole = {1: 1, -1: 1}
    minus = {1: 0, -1: 0}
    for factor, side in factors_of(tree):
        number = whole_number(factor)
        if side < 0 and _has_radical(factor):
            return "radical-below"
        if number is not None:
            whole[side] *= abs(number)
            minus[side] += number < 0
    if minus[1] and minus[-1]:
        return "two-minus-signs"
    return "not-in-lowest-terms" if whole[-1] and gcd(whole[1], whole[-1]) > 1 else ""


def _has_radical(tree: Tree) -> bool:
    return any(_is_radical(part) for part in subtrees(tree))


def _is_radical(tree: Tree) -> bool:
    match tree:
        case Apply("root", (Number(), _)):
            return True
        case Apply("pow", (Number(), exponent)):
            return whole_number(exponent) is None and is_constant(exponent)
        case _:
            return False


def _single_fraction(tree: Tree, _variable: str) -> str:
    factors = list(factors_of(tree))
    lines = list(_fraction_lines(tree))
    if len(lines) > 1:
        return "fraction-in-fraction"
    if any(_divides(factor) for factor, _ in factors):
        return "fraction-in-fraction" if lines else "sum-of-fractions"
    return ""


def _fraction_lines(tree: Tree) -> Iterator[Tree]:
    match tree:
        case Apply("mul" | "neg", args):
            for arg in args:
                yield from _fraction_lines(arg)
        case Apply("div", args):
            yield tree
            for arg in args:
                yield from _fraction_lines(arg)
        case _:
            return


def _divides(tree: Tree) -> bool:
    return any(_is_division(part) for part in subtrees(tree))


def _is_division(tree: Tree) -> bool:
    match tree:
        case Apply("div", _):
            return True
        case Apply("pow", (_, exponent)):
            return (whole_number(exponent) or 0) < 0
        case Number(value, text):
            return value.denominator != 1 and not text
        case _:
            return False


def _partial_fractions(tree: Tree, variable: str) -> str:
    seen: set[tuple[str, int]] = set()
    for term in terms_of(tree):
        ring = ring_of(term)
        generator = generator_named(ring, variable)
        if generator is None:
            continue
        fault, key = _fault_in_fraction(term, ring, generator)
        if fault or key in seen:
            return fault or "same-denominator-twice"
        if key is not None:
            seen.add(key)
    return ""


def _fault_in_fraction(
    term: Tree, ring: Ring, generator: Polynomial
) -> tuple[str, tuple[str, int] | None]:
    quotient = ring.quotient(term)
    if not degree_in(quotient.below, generator):
        return ("product-of-a-sum" if _expanded(term, "") else ""), None
    found = [
        (base, times)
        for base, times in quotient.below.factor()[1]
        if degree_in(base, generator)
    ]
    if len(found) > 1:
        return "denominator-factors", None
    base, times = found[0]
    if degree_in(quotient.above, generator) >= degree_in(base, generator):
        return "numerator-too-high", None
    return "", (str(base), times)


def _completed_square(tree: Tree, variable: str) -> str:
    square = [term for term in terms_of(tree) if _mentions(term, variable)]
    if not square:
        return ""
    if len(square) > 1:
        return "variable-twice"
    moving = [
        factor for factor, _ in factors_of(square[0]) if _mentions(factor, variable)
    ]
    match moving:
        case [Apply("pow", (base, Number(value)))] if value == 2:  # noqa: PLR2004 - a square
            return "" if _is_linear(base, variable) else "not-a-square"
        case _:
            return "not-a-square"


def _is_linear(tree: Tree, variable: str) -> bool:
    ring = ring_of(tree)
    generator = generator_named(ring, variable)
    quotient = ring.quotient(tree)
    return generator is not None and degree_in(quotient.above, generator) == 1


def _mentions(tree: Tree, variable: str) -> bool:
    return any(
        getattr(part, "name", None) == variable
        or getattr(part, "head", None) == variable
        for part in subtrees(tree)
    )


def _no_decimals(tree: Tree, _variable: str) -> str:
    for part in subtrees(tree):
        if isinstance(part, Number) and "." in part.text:
            return "decimal"
    return ""


def _simple_radicals(tree: Tree, _variable: str) -> str:
    for part in subtrees(tree):
        match part:
            case Apply("root", (Number(value), Number(degree))):
                if value.denominator != 1 or _has_power(int(value), int(degree)):
                    return "radical-simplifies"
            case Apply("div", (_, below)) if _has_radical(below):
                return "radical-below"
            case _:
                continue
    return ""


def _has_power(number: int, degree: int) -> bool:
    if abs(number) > 10**12:  # nobody simplifies that by hand
        return False
    bases = range(2, int(abs(number) ** (1 / degree)) + 2)
    return any(number % base**degree == 0 for base in bases)


TESTS: Final[dict[Shape, Callable[[Tree, str], str]]] = {
    Shape.EXPANDED: _expanded,
    Shape.FACTORED: _factored,
    Shape.LOWEST_TERMS: _lowest_terms,
    Shape.SINGLE_FRACTION: _single_fraction,
    Shape.PARTIAL_FRACTIONS: _partial_fractions,
    Shape.COMPLETED_SQUARE: _completed_square,
    Shape.NO_DECIMALS: _no_decimals,
    Shape.SIMPLE_RADICALS: _simple_radicals,
}
