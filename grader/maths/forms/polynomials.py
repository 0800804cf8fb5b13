"""A tree -> a quotient of polynomials over the rationals, as it was written."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from flint import fmpq, fmpq_mpoly_ctx

from grader.maths.tree import Apply, Number, Symbol, Tree

Polynomial = Any  # flint's fmpq_mpoly has no types
LARGEST_POWER: Final = 200
MOST_TERMS: Final = 5_000
MOST_GENERATORS: Final = 24
ARITHMETIC: Final = frozenset({"add", "mul", "neg", "div", "pow"})


class NotPolynomialError(Exception):
    """The tree is no quotient of polynomials of a size worth writing out."""


@dataclass(frozen=True, slots=True)
class Quotient:
    """One polynomial over another, not cancelled."""

    above: Polynomial
    below: Polynomial


@dataclass(frozen=True, slots=True)
class Ring:
    """The polynomials in what stands for itself: names, and calls like `sin(x)`."""

    generators: Mapping[Tree, Polynomial]
    context: Any

    def constant(self, value: Fraction) -> Polynomial:
        """Return *value* as a polynomial."""
        return self.context.constant(fmpq(value.numerator, value.denominator))

    def quotient(self, tree: Tree) -> Quotient:
        """Return *tree* as a quotient, or raise `NotPolynomialError`."""
        match tree:
            case Number(value):
                return Quotient(self.constant(value), self.constant(Fraction(1)))
            case Apply(head, args) if head in ARITHMETIC and is_arithmetic(tree):
                return self._applied(head, args)
            case _:
                return Quotient(self.generators[tree], self.constant(Fraction(1)))

    def _applied(self, head: str, args: tuple[Tree, ...]) -> Quotient:
        if head == "pow":
            return self._power(self.quotient(args[0]), whole_number(args[1]) or 0)
        parts = [self.quotient(arg) for arg in args]
        match head:
            case "neg":
                return Quotient(-parts[0].above, parts[0].below)
            case "div":
                return self._over(parts[0], parts[1])
            case _:
                return self._folded(head, parts)

    def _folded(self, head: str, parts: list[Quotient]) -> Quotient:
        start = Fraction(0 if head == "add" else 1)
        total = Quotient(self.constant(start), self.constant(Fraction(1)))
        for part in parts:
            total = _added(total, part) if head == "add" else _multiplied(total, part)
            _check_size(total)
        return total

    def _over(self, above: Quotient, below: Quotient) -> Quotient:
        if below.above == 0:
            raise NotPolynomialError
        result = Quotient(above.above * below.below, above.below * below.above)
        _check_size(result)
        return result

    def _power(self, base: Quotient, times: int) -> Quotient:
        if abs(times) > LARGEST_POWER or _terms_of_power(base, abs(times)) > MOST_TERMS:
            raise NotPolynomialError
        raised = Quotient(base.above ** abs(times), base.below ** abs(times))
        one = Quotient(self.constant(Fraction(1)), self.constant(Fraction(1)))
        return raised if times >= 0 else self._over(one, raised)


def ring_of(*trees: Tree) -> Ring:
    """Return the polynomials in which all *trees* can be written."""
    found: dict[Tree, None] = {}
    for tree in trees:
        _collect(tree, found)
    if len(found) > MOST_GENERATORS:
        raise NotPolynomialError
    names = [f"g{place}" for place in range(len(found))]
    context = fmpq_mpoly_ctx.get(tuple(names), "degrevlex")
    return Ring(dict(zip(found, context.gens(), strict=True)), context)


def is_arithmetic(tree: Apply) -> bool:
    """Return whether the head of *tree* only adds, multiplies or divides."""
    return tree.head != "pow" or whole_number(tree.args[1]) is not None


def whole_number(tree: Tree) -> int | None:
    """Return the integer that *tree* spells, sign included."""
    match tree:
        case Number(value) if value.denominator == 1:
            return int(value)
        case Apply("neg", (inner,)):
            positive = whole_number(inner)
            return None if positive is None else -positive
        case _:
            return None


def degree_in(polynomial: Polynomial, generator: Polynomial) -> int:
    """Return the degree of *polynomial* in one of its ring's generators."""
    return int(polynomial.degrees()[place_of(generator)]) if polynomial != 0 else 0


def place_of(generator: Polynomial) -> int:
    """Return which of its ring's generators *generator* is."""
    return next(at for at, times in enumerate(generator.monoms()[0]) if times)


def _collect(tree: Tree, found: dict[Tree, None]) -> None:
    match tree:
        case Number():
            pass
        case Apply(head, args) if head in ARITHMETIC and is_arithmetic(tree):
            for arg in args[:1] if head == "pow" else args:
                _collect(arg, found)
        case _:
            found[tree] = None


def _added(one: Quotient, two: Quotient) -> Quotient:
    if one.below == two.below:
        return Quotient(one.above + two.above, one.below)
    return Quotient(
        one.above * two.below + two.above * one.below, one.below * two.below
    )


def _multiplied(one: Quotient, two: Quotient) -> Quotient:
    return Quotient(one.above * two.above, one.below * two.below)


def _terms_of_power(base: Quotient, times: int) -> int:
    terms = max(len(base.above), len(base.below))
    return 1 if terms <= 1 else times ** min(terms - 1, 6)


def _check_size(quotient: Quotient) -> None:
    if len(quotient.above) > MOST_TERMS or len(quotient.below) > MOST_TERMS:
        raise NotPolynomialError


def generator_named(ring: Ring, name: str) -> Polynomial | None:
    """Return the generator for *name*, a symbol or the function in `name(…)`."""
    for tree, generator in ring.generators.items():
        match tree:
            case Symbol(found) if found == name:
                return generator
            case Apply(head, _) if head == name:
                return generator
            case _:
                continue
    return None
