"""Expected quantity and given quantity -> a finding: dimensions first, then numbers."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Final

from grader.maths.decide import decide
from grader.maths.finding import Finding, Truth, unknown
from grader.maths.forms.polynomials import whole_number
from grader.maths.forms.written import factors_of
from grader.maths.numbers import Tolerance, agree_to_figures, power_of_ten
from grader.maths.questions.measuring import compare_numbers, exact_value
from grader.maths.questions.units import PLAIN, PREFIXES, Dimensions, Unit, units
from grader.maths.readers.figures import Figures, figures_of
from grader.maths.tree import Apply, Number, Symbol, Tree, apply, symbols_of

ONE: Final = Number(Fraction(1))


class NotAQuantityError(Exception):
    """Things of different dimensions are added, or a power is no number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number in base units, its dimensions, and how both were written."""

    value: Tree
    dimensions: Dimensions
    number: Tree
    unit: Tree


def quantity_of(tree: Tree, known: Mapping[str, Unit] | None = None) -> Quantity:
    """Return *tree* as a quantity, or raise `NotAQuantityError`."""
    table = units() if known is None else known
    value, dimensions = _measured(tree, table)
    number, unit = _parted(tree)
    return Quantity(value=value, dimensions=dimensions, number=number, unit=unit)


def _measured(tree: Tree, table: Mapping[str, Unit]) -> tuple[Tree, Dimensions]:
    match tree:
        case Symbol(name) if name in table:
            return Number(table[name].scale), table[name].dimensions
        case Apply("pow", (base, exponent)) if _has_unit(base, table):
            return _power(base, exponent, table)
        case Apply("mul", args) if _loose_prefix(_flat(args), table) is not None:
            return _measured(Apply("mul", _tied(_flat(args), table)), table)
        case Apply("mul" | "div" | "add" | "neg", args):
            return _combined(tree.head, [_measured(arg, table) for arg in args])
        case _ if _has_unit(tree, table):
            raise NotAQuantityError
        case _:
            return tree, PLAIN


def _flat(args: tuple[Tree, ...]) -> tuple[Tree, ...]:
    """Return the factors of a product without the products among them."""
    flat: list[Tree] = []
    for arg in args:
        inner = isinstance(arg, Apply) and arg.head == "mul"
        flat += _flat(arg.args) if inner else (arg,)  # type: ignore[union-attr]  # inner
    return tuple(flat)


def _loose_prefix(args: tuple[Tree, ...], table: Mapping[str, Unit]) -> int | None:
    """Return where a prefix stands apart from the unit that it belongs to: `k W`."""
    for at, pair in enumerate(pairwise(args)):
        match pair:
            case Symbol(prefix), Symbol(unit) if (
                prefix in PREFIXES and prefix not in table and prefix + unit in table
            ):
                return at
            case _:
                pass
    return None


def _tied(args: tuple[Tree, ...], table: Mapping[str, Unit]) -> tuple[Tree, ...]:
    at = _loose_prefix(args, table)
    match args[at:] if at is not None else ():
        case (Symbol(prefix), Symbol(unit), *rest):
            return (*args[:at], Symbol(prefix + unit), *rest)
        case _:
            return args


def _power(
    base: Tree, exponent: Tree, table: Mapping[str, Unit]
) -> tuple[Tree, Dimensions]:
    times = exact_value(exponent)
    if times is None:
        raise NotAQuantityError
    value, dimensions = _measured(base, table)
    raised = tuple(power * times for power in dimensions)
    return apply("pow", value, exponent), raised


def _combined(
    head: str, parts: list[tuple[Tree, Dimensions]]
) -> tuple[Tree, Dimensions]:
    values = tuple(value for value, _ in parts)
    dimensions = [powers for _, powers in parts]
    if head == "add" and len(set(dimensions)) > 1:
        raise NotAQuantityError
    total = dimensions[0]
    if head == "mul":
        columns = zip(*dimensions, strict=True)
        total = tuple(sum(powers, Fraction(0)) for powers in columns)
    if head == "div":
        total = tuple(a - b for a, b in zip(*dimensions, strict=True))
    return Apply(head, values), total


def _has_unit(tree: Tree, table: Mapping[str, Unit]) -> bool:
    return any(name in table for name in symbols_of(tree))


def _parted(tree: Tree) -> tuple[Tree, Tree]:
    """Return the number and the unit of a product, as they were written."""
    number: Tree = ONE
    unit: Tree = ONE
    for factor, side in factors_of(tree):
        head = "mul" if side > 0 else "div"
        if symbols_of(factor):
            unit = apply(head, unit, factor)
        else:
            number = (
                factor if number == ONE and side > 0 else apply(head, number, factor)
            )
    return number, unit


def compare_quantities(
    expected: Tree, given: Tree, tolerance: Tolerance, *, same_units: bool = False
) -> Finding:
    """Return whether two quantities agree: in kind, then to within *tolerance*.

    Without a tolerance, half a unit of the last place that the expected number was
    given to is allowed. With *same_units*, converting the unit is not.
    """
    try:
        one, other = quantity_of(expected), quantity_of(given)
    except NotAQuantityError:
        return unknown("no-quantity")
    fault = fault_of_unit(one, other, same_units=same_units)
    if fault:
        return Finding(truth=Truth.DIFFERENT, method="shape", reason=fault)
    if tolerance.exact:
        tolerance = implied_tolerance(one)
    elif tolerance.absolute:
        tolerance = _in_base_units(tolerance, expected)
    return compare_numbers(one.value, other.value, tolerance)


def in_base_units(expected: Tree, given: Tree) -> tuple[Tree, Tree]:
    """Return both answers as numbers of base units, if they measure the same."""
    try:
        one, other = quantity_of(expected), quantity_of(given)
    except NotAQuantityError:
        return expected, given
    alike = one.dimensions == other.dimensions
    return (one.value, other.value) if alike else (expected, given)


def fault_of_unit(expected: Quantity, given: Quantity, *, same_units: bool) -> str:
    """Return what is wrong with the unit of *given*, if anything."""
    if (expected.unit == ONE) != (given.unit == ONE):
        return "unit-missing" if given.unit == ONE else "unit-superfluous"
    if expected.dimensions != given.dimensions:
        return "other-dimensions"
    if same_units and not decide(expected.unit, given.unit).equal:
        return "other-unit"
    return ""


def implied_tolerance(quantity: Quantity) -> Tolerance:
    """Return half a unit in the last place of a number, relative to it."""
    figures = _figures(quantity)
    if figures is None or not figures.value:
        return Tolerance()
    last = power_of_ten(-figures.places)
    return Tolerance(relative=last / 2 / abs(figures.value))


def _in_base_units(tolerance: Tolerance, expected: Tree) -> Tolerance:
    """Return *tolerance*, meant in the expected unit, in base units."""
    table = units()
    scale = Fraction(1)
    for factor, side in factors_of(expected):
        value = exact_value(_measured(factor, table)[0]) if symbols_of(factor) else None
        scale *= 1 if value is None else value**side
    return Tolerance(absolute=tolerance.absolute * scale, relative=tolerance.relative)


def _figures(quantity: Quantity) -> Figures | None:
    """Return the figures of the one factor that is no power of ten."""
    bare = [
        (factor, side)
        for factor, side in factors_of(quantity.number)
        if not _is_power_of_ten(factor)
    ]
    match bare:
        case [(factor, 1)]:
            return figures_of(factor)
        case _:
            return figures_of(quantity.number)


def _is_power_of_ten(tree: Tree) -> bool:
    match tree:
        case Apply("pow", (Number(base), exponent)):
            return base == 10 and whole_number(exponent) is not None  # noqa: PLR2004 - ten
        case Number(value):
            return abs(value) == 1
        case _:
            return False


def compare_figures(
    expected: Tree, given: Tree, figures: tuple[int, int], *, same_units: bool = False
) -> Finding:
    """Return whether *given* has so many figures, and is right to so many."""
    try:
        one, other = quantity_of(expected), quantity_of(given)
    except NotAQuantityError:
        return unknown("no-quantity")
    fault = fault_of_unit(one, other, same_units=same_units)
    written = _figures(other)
    asked, right = figures
    if not fault and (written is None or not written.may_be(asked)):
        fault = "figures"
    if fault:
        return Finding(truth=Truth.DIFFERENT, method="shape", reason=fault)
    values = exact_value(one.value), exact_value(other.value)
    if values[0] is None or values[1] is None:
        return unknown("no-number")
    if agree_to_figures(values[0], values[1], right):
        return Finding(truth=Truth.EQUAL, method="agreed")
    return Finding(truth=Truth.DIFFERENT, method="measured-different", reason="too-far")
