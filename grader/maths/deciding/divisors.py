"""Common divisors and multiples of polynomials -> the polynomial that they are.

As numbers, a and b may share a divisor; as letters they share none, and what a course
on algebra calls gcd(6 x y, 4 x^2) is 2 x. Rational coefficients have no divisors.
"""

from collections.abc import Sequence
from fractions import Fraction
from math import gcd, lcm

from grader.maths.deciding.rewritings import rewritten
from grader.maths.forms.polynomials import (
    NotPolynomialError,
    Polynomial,
    Ring,
    ring_of,
)
from grader.maths.tree import Apply, Number, Tree, number, symbols_of

Pair = tuple[Tree, Tree]


def of_letters(expected: Tree, given: Tree) -> Pair:
    """Return both with the divisors and multiples of polynomials worked out."""
    return rewritten(expected, _worked_out), rewritten(given, _worked_out)


def _worked_out(tree: Tree) -> Tree | None:
    match tree:
        case Apply("gcd" | "lcm" as head, args) if len(args) > 1 and symbols_of(tree):
            try:
                ring = ring_of(*args)
                found = [_polynomial(ring, arg) for arg in args]
                return _spelled(ring, _folded(ring, head, found))
            except NotPolynomialError:
                return None
        case _:
            return None


def _polynomial(ring: Ring, tree: Tree) -> Polynomial:
    found = ring.quotient(tree)
    if not found.below.is_constant() or found.above == 0:
        raise NotPolynomialError
    return found.above / found.below


def _folded(ring: Ring, head: str, parts: Sequence[Polynomial]) -> Polynomial:
    total, *rest = parts
    for part in rest:
        shared = _shared(ring, total, part)
        total = shared if head == "gcd" else total * part / shared
    return total


def _shared(ring: Ring, one: Polynomial, other: Polynomial) -> Polynomial:
    """Return the greatest divisor, with its number where all numbers are whole."""
    shared = one.gcd(other)
    numbers = _coefficients(one), _coefficients(other)
    if any(value.denominator > 1 for values in numbers for value in values):
        return shared
    whole = lcm(*(value.denominator for value in _coefficients(shared)))
    size = gcd(*(abs(int(value)) for values in numbers for value in values))
    return shared * ring.constant(Fraction(whole * size))


def _coefficients(polynomial: Polynomial) -> list[Fraction]:
    return [Fraction(int(value.p), int(value.q)) for value in polynomial.coeffs()]


def _spelled(ring: Ring, polynomial: Polynomial) -> Tree:
    """Return *polynomial* as a tree."""
    names = list(ring.generators)
    terms: list[Tree] = []
    for powers, value in zip(
        polynomial.monoms(), _coefficients(polynomial), strict=True
    ):
        factors: list[Tree] = [Number(value)]
        for name, times in zip(names, powers, strict=True):
            if times:
                factors.append(Apply("pow", (name, number(int(times)))))
        terms.append(Apply("mul", tuple(factors)) if len(factors) > 1 else factors[0])
    return terms[0] if len(terms) == 1 else Apply("add", tuple(terms))
