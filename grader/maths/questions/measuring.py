"""Expected and given answer -> near enough as numbers, entry by entry, point by point."""

import time
from fractions import Fraction
from itertools import islice
from typing import Final

from flint import acb, arb, fmpq

from grader.maths.decide import decide
from grader.maths.deciding.points import points
from grader.maths.domain import REAL
from grader.maths.evaluation.evaluate import evaluate
from grader.maths.evaluation.frame import Frame
from grader.maths.evaluation.values import Budget, Scalar, Undefined
from grader.maths.finding import Finding, Truth, unknown
from grader.maths.forms.written import subtrees
from grader.maths.numbers import Tolerance, compare_balls, near
from grader.maths.relating.lines import seed_of
from grader.maths.relating.univariate import as_fraction
from grader.maths.setting import DEFAULT, Setting
from grader.maths.tree import Apply, Number, Symbol, Tree, symbols_of

COLLECTIONS: Final = frozenset({"list", "tuple", "matrix", "row", "pair_or_interval"})
COMPARISONS: Final = frozenset({"eq", "lt", "le", "gt", "ge"})
UNORDERED: Final = frozenset({"set", "or", "and"})
PAIRS: Final = frozenset({"tuple", "pair_or_interval"})
POINTS: Final = 6
BEYOND: Final = frozenset({"budget", "too-large", "too-wide"})
ESTIMATED: Final = frozenset({"limit", "sum", "product", "integral"})
"""Heads whose values may stay open without being large."""

FEW_STEPS: Final = 20_000
SHORT_TIME: Final = 0.1
ATTEMPTS: Final = 40
BITS: Final = 200


def compare_numbers(
    expected: Tree, given: Tree, tolerance: Tolerance, setting: Setting = DEFAULT
) -> Finding:
    """Return whether two answers agree to within *tolerance*, entry by entry."""
    if tolerance.exact:
        return decide(expected, given, setting)
    match expected, given:
        case Apply(one, these), Apply(other, those) if one == other in UNORDERED:
            return _compare_sets(these, those, tolerance, setting)
        case Apply(one, these), Apply(other, those) if one == other in COLLECTIONS:
            return _compare_entries(these, those, tolerance, setting)
        case Apply(one, these), Apply(other, those) if {one, other} <= PAIRS:
            return _compare_entries(these, those, tolerance, setting)
        case Apply("interval", (*these, one)), Apply("interval", (*those, other)):
            found = _compare_entries(tuple(these), tuple(those), tolerance, setting)
            return found if one == other else _different("ends")
        case Apply(one), Apply(other) if one == other in COMPARISONS:
            return _compare_sides(expected, given, tolerance, setting)
        case _:
            return _compare_values(expected, given, tolerance, setting)


def _different(reason: str) -> Finding:
    return Finding(truth=Truth.DIFFERENT, method="shape", reason=reason)


def _compare_sides(
    expected: Apply, given: Apply, tolerance: Tolerance, setting: Setting
) -> Finding:
    """Return whether two comparisons of one thing are with nearly the same number."""
    finding = decide(expected, given, setting)
    if finding.equal:
        return finding
    (name, value), (other, answer) = expected.args, given.args
    if name == other:
        return compare_numbers(value, answer, tolerance, setting)
    return unknown("equations")


def _compare_entries(
    these: tuple[Tree, ...],
    those: tuple[Tree, ...],
    tolerance: Tolerance,
    setting: Setting,
) -> Finding:
    if len(these) != len(those):
        return _different("length")
    last = Finding(truth=Truth.EQUAL, method="agreed")
    for pair in zip(these, those, strict=True):
        finding = compare_numbers(*pair, tolerance, setting)
        if finding.different:
            return finding
        last = finding if last.equal else last
    return last


def _compare_sets(
    these: tuple[Tree, ...],
    those: tuple[Tree, ...],
    tolerance: Tolerance,
    setting: Setting,
) -> Finding:
    """Return whether each element has its own partner within tolerance."""
    if len(these) != len(those):
        return _different("length")
    left = list(those)
    for element in these:
        findings = [compare_numbers(element, o, tolerance, setting) for o in left]
        partner = next((at for at, f in enumerate(findings) if f.equal), None)
        if partner is None:
            settled = all(finding.different for finding in findings)
            return findings[0] if settled else unknown("element-undecided")
        del left[partner]
    return Finding(truth=Truth.EQUAL, method="agreed")


def _compare_values(
    expected: Tree, given: Tree, tolerance: Tolerance, setting: Setting
) -> Finding:
    names = symbols_of(expected) | symbols_of(given)
    domains = {name: setting.domain_of(name) for name in names}
    agreed = 0
    source = points(domains, seed=seed_of(expected, given))
    for point in islice(source, ATTEMPTS if names else 1):
        one = evaluate(expected, point, bits=BITS)
        other = evaluate(given, point, bits=BITS)
        finding = _compare_scalars(one, other, tolerance)
        if finding is None:
            continue
        if not finding.equal:
            return finding
        agreed += 1
        if agreed >= POINTS or not names:
            return finding
    return decide(expected, given, setting)


def _compare_scalars(
    expected: object, given: object, tolerance: Tolerance
) -> Finding | None:
    if isinstance(expected, Undefined) or isinstance(given, Undefined):
        return None
    if isinstance(expected, fmpq) and isinstance(given, fmpq):
        return _compare_exactly(expected, given, tolerance)
    parts = [_parts(value) for value in (expected, given)]
    findings = [
        compare_balls(one, other, tolerance) for one, other in zip(*parts, strict=True)
    ]
    if findings[0].equal:
        return findings[1] if not findings[1].equal else findings[0]
    return findings[0]


def _compare_exactly(expected: fmpq, given: fmpq, tolerance: Tolerance) -> Finding:
    if near(as_fraction(expected), as_fraction(given), tolerance):
        return Finding(truth=Truth.EQUAL, method="exact", reason="within-tolerance")
    return Finding(
        truth=Truth.DIFFERENT,
        method="proved-different",
        reason="opposite-sign" if expected + given == 0 else "too-far",
        expected_value=str(expected),
        given_value=str(given),
    )


def _parts(value: object) -> tuple[arb, arb]:
    if isinstance(value, acb):
        return value.real, value.imag
    return arb(value), arb(0)  # type: ignore[arg-type]  # a scalar of flint


def is_out_of_reach(tree: Tree) -> bool:
    """Return whether *tree* is too large to be worked out at any point."""
    names = dict.fromkeys(symbols_of(tree), REAL)
    estimated = any(
        isinstance(part, Apply) and part.head in ESTIMATED for part in subtrees(tree)
    )
    beyond = BEYOND - {"too-wide"} if estimated else BEYOND
    for point in islice(points(names, seed=seed_of(tree)), 2):
        frame = Frame(budget=Budget(FEW_STEPS, time.monotonic() + SHORT_TIME))
        value = evaluate(tree, point, bits=64, frame=frame)
        if not isinstance(value, Undefined) or value.reason not in beyond:
            return False
    return True


def exact_value(tree: Tree) -> Fraction | None:
    """Return the number that *tree* is, to far more digits than anyone asks for."""
    value = evaluate(tree, {}, bits=400)
    return as_fraction(value) if isinstance(value, fmpq | arb) else None


def order_of(expected: Tree, given: Tree) -> int | None:
    """Return -1, 0 or 1 where *given* is below, at or above *expected*."""
    one, other = evaluate(expected, {}, bits=400), evaluate(given, {}, bits=400)
    if not (isinstance(one, fmpq | arb) and isinstance(other, fmpq | arb)):
        return None
    gap = other - one
    if gap > 0 or gap < 0:
        return 1 if gap > 0 else -1
    return 0 if gap == 0 else None


def compare_perturbed(
    expected: Tree,
    given: Tree,
    tolerance: Tolerance,
    setting: Setting = DEFAULT,
    *,
    exponents: bool = False,
) -> Finding:
    """Return whether *given* is *expected* with its numbers off by the tolerance.

    Every number in *expected* becomes a ball; numbers in exponents only on demand.
    """
    names = symbols_of(expected) | symbols_of(given)
    domains = {name: setting.domain_of(name) for name in names}
    balls: dict[str, Scalar] = {}
    blurred = _blurred(expected, tolerance, balls, exponents=exponents)
    agreed = 0
    for point in islice(points(domains, seed=seed_of(expected, given)), ATTEMPTS):
        one = evaluate(blurred, {**point, **balls}, bits=BITS)
        other = evaluate(given, point, bits=BITS)
        if isinstance(one, Undefined) or isinstance(other, Undefined):
            continue
        if not _meet(one, other):
            return Finding(
                truth=Truth.DIFFERENT, method="proved-different", reason="too-far"
            )
        agreed += 1
        if agreed >= POINTS or not names:
            return Finding(truth=Truth.EQUAL, method="agreed", points=agreed)
    return unknown("no-points")


def _meet(one: object, other: object) -> bool:
    gap = one - other  # type: ignore[operator]  # scalars of flint
    return gap == 0 or (not isinstance(gap, fmpq) and bool(gap.contains(0)))


def _blurred(
    tree: Tree,
    tolerance: Tolerance,
    balls: dict[str, Scalar],
    *,
    exponents: bool,
) -> Tree:
    match tree:
        case Number(value):
            name = f"a number {len(balls)}"
            allowed = tolerance.around(value)
            middle = arb(fmpq(value.numerator, value.denominator))
            width = arb(fmpq(allowed.numerator, allowed.denominator))
            balls[name] = middle + arb(0, width.abs_upper())
            return Symbol(name)
        case Apply("pow" | "root" | "log", (base, exponent)) if not exponents:
            inner = _blurred(base, tolerance, balls, exponents=exponents)
            return Apply(tree.head, (inner, exponent))
        case Apply("root", (base, Number(degree))):
            power = Apply("pow", (base, Number(1 / degree)))
            return _blurred(power, tolerance, balls, exponents=exponents)
        case Apply(head, args):
            return Apply(
                head,
                tuple(
                    _blurred(arg, tolerance, balls, exponents=exponents) for arg in args
                ),
            )
        case _:
            return tree
