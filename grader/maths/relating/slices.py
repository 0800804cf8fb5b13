"""Two statements, one name free -> the points of that line where truth may change.

Between neighbouring zeros and poles of its comparisons a statement does not change,
so a point on each and one between any two tell all there is to tell about a line.
"""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import islice, pairwise, product
from typing import Final

from flint import acb, arb, fmpq

from grader.maths.deciding.derivative import differentiate
from grader.maths.domain import Domain, Kind
from grader.maths.evaluation.evaluate import compiled, run
from grader.maths.evaluation.frame import Frame
from grader.maths.evaluation.values import NotUnderstoodError, Plane, Scalar
from grader.maths.forms.written import factors_of, subtrees
from grader.maths.relating.univariate import (
    Coefficients,
    NotUnivariateError,
    as_fraction,
    line_of,
    zeros_of,
)
from grader.maths.relating.zeros import Curve, Real, search
from grader.maths.tree import Apply, Number, Tree, apply, number, symbols_of

MOST_BRANCHES: Final = 16
MOST_PLACES: Final = 90
INWARD: Final = Fraction(15, 31)
"""Where between two zeros to test: half way, a periodic function may have another."""

SAME: Final = Fraction(1, 2**90)
WHOLE_NUMBERS: Final = range(-9, 10)


@dataclass(slots=True)
class Places:
    """Where truth may change on a line, and whether every such place is known."""

    found: list[Scalar] = field(default_factory=list)
    complete: bool = True
    thorough: bool = True
    searched: bool = True


def places_on_line(
    comparisons: Sequence[Apply],
    name: str,
    frame: Frame,
    domain: Domain,
    *,
    thorough: bool = True,
) -> Places:
    """Return the points of a line at which to test, inside *domain*."""
    on_a_line = frame.plane is Plane.LINE and domain.kind is not Kind.INTEGER
    places = Places(thorough=thorough, searched=on_a_line)
    for comparison in dict.fromkeys(comparisons):
        late = time.monotonic() > frame.budget.deadline
        if name in symbols_of(comparison) and not late:
            _collect(comparison, name, frame, places)
    if frame.plane is Plane.COMPLEX:
        places.found.append(acb(fmpq(3, 7), fmpq(5, 11)))
    elif domain.kind is Kind.INTEGER:
        places.found = _whole_numbers(places.found)
    else:
        places.found = _with_gaps(places.found, domain)
    places.found = [place for place in places.found if _within(place, domain)]
    places.complete = places.complete and len(places.found) <= MOST_PLACES
    del places.found[MOST_PLACES:]
    return places


def _collect(comparison: Apply, name: str, frame: Frame, places: Places) -> None:
    for piece in (*_pieces(comparison), *_edges(comparison)):
        if name not in symbols_of(piece):
            continue
        branches = list(islice(_branches(piece), MOST_BRANCHES))
        if not all(_from_line(branch, name, frame, places) for branch in branches):
            places.complete = False
            if places.searched:
                places.found += _searched(piece, name, frame, places)


def _pieces(comparison: Apply) -> Iterator[Tree]:
    left, right = comparison.args
    if isinstance(left, Number) and left.value == 0:
        left, right = right, left
    if isinstance(right, Number) and right.value == 0:
        for factor, _ in factors_of(left):
            yield _without_power(factor)
    else:
        yield apply("add", left, apply("neg", right))


def _edges(comparison: Apply) -> Iterator[Tree]:
    """Yield what is zero where the natural domain of a part of *comparison* ends."""
    for part in dict.fromkeys(subtrees(comparison)):
        match part:
            case Apply("ln", (inner,)) | Apply("log", (inner, _)):
                yield inner
            case Apply("root", (inner, Number(degree))) if degree.numerator % 2 == 0:
                yield inner
            case Apply("pow", (inner, Number(power))) if power.denominator % 2 == 0:
                yield inner
            case Apply("pow", (inner, Apply("div", (_, Number(below))))) if (
                below.numerator % 2 == 0
            ):
                yield inner
            case Apply("asin" | "acos" | "acosh" | "atanh", (inner,)):
                yield apply("add", inner, number(1))
                yield apply("add", inner, number(-1))
            case _:
                continue


def _without_power(tree: Tree) -> Tree:
    match tree:
        case Apply("pow", (base, Number(value))) if value > 0:
            return base
        case _:
            return tree


def _branches(tree: Tree) -> Iterator[Tree]:
    """Yield *tree* with every absolute value replaced by either of its branches."""
    sizes = [part for part in dict.fromkeys(subtrees(tree)) if _is_size(part)]
    for signs in product((1, -1), repeat=min(len(sizes), 4)):
        chosen: dict[Tree, Tree] = {
            size: size.args[0] if sign > 0 else apply("neg", size.args[0])
            for size, sign in zip(sizes, signs, strict=False)
            if isinstance(size, Apply)
        }
        yield _exchanged(tree, chosen)


def _is_size(tree: Tree) -> bool:
    return isinstance(tree, Apply) and tree.head == "abs"


def _exchanged(tree: Tree, chosen: dict[Tree, Tree]) -> Tree:
    if tree in chosen:
        return _exchanged(chosen[tree], chosen)
    if isinstance(tree, Apply) and chosen:
        return Apply(tree.head, tuple(_exchanged(arg, chosen) for arg in tree.args))
    return tree


def _from_line(tree: Tree, name: str, frame: Frame, places: Places) -> bool:
    try:
        line = line_of(tree, name, frame)
        for polynomial in (line.above, line.below):
            places.found += _zeros(polynomial, frame.plane)
    except NotUnivariateError:
        return False
    return True


def _zeros(polynomial: Coefficients, plane: Plane) -> list[Scalar]:
    return zeros_of(polynomial, plane) or []


def _searched(tree: Tree, name: str, frame: Frame, places: Places) -> list[Real]:
    def slope() -> Curve | None:
        try:
            return _curve(differentiate(tree, name), name, frame)
        except NotUnderstoodError:
            return None

    curve = _curve(tree, name, frame)
    marks = _landmarks(tree)
    return search(curve, marks, slope=slope, thorough=places.thorough)


def _curve(tree: Tree, name: str, frame: Frame) -> Curve:
    code = compiled(tree)

    def curve(place: fmpq) -> Real | None:
        frame.values[name] = place
        value = run(code, frame)
        return value if isinstance(value, fmpq | arb) else None

    return curve


def _landmarks(tree: Tree) -> list[Fraction]:
    values = {part.value for part in subtrees(tree) if isinstance(part, Number)}
    return sorted({sign * value for value in values for sign in (1, -1)})[:12]


def _with_gaps(found: list[Scalar], domain: Domain) -> list[Scalar]:
    marks = _apart(sorted({as_fraction(place): place for place in found}.items()))
    edges = [Fraction(0)] if not marks else [marks[0][0] - 1, marks[-1][0] + 1]
    far = [edge * 1000 + side for edge in edges for side in (-1, 1)]
    limits = [limit for limit in (domain.low, domain.high) if limit is not None]
    inner = [low + (high - low) * INWARD for (low, _), (high, _) in pairwise(marks)]
    near = [
        limit + side for limit in limits for side in (-Fraction(1, 3), Fraction(1, 3))
    ]
    between = {*edges, *far, *inner, *near}
    exact = [fmpq(place.numerator, place.denominator) for place in sorted(between)]
    return [place for _, place in marks] + exact


def _apart(marks: list[tuple[Fraction, Scalar]]) -> list[tuple[Fraction, Scalar]]:
    """Return the places without those that are the same one found again."""
    kept: list[tuple[Fraction, Scalar]] = []
    for where, place in marks:
        if kept and where - kept[-1][0] < SAME * max(abs(where), Fraction(1)):
            if isinstance(place, fmpq):
                kept[-1] = (where, place)
        else:
            kept.append((where, place))
    return kept


def _whole_numbers(found: list[Scalar]) -> list[Scalar]:
    near = {round(as_fraction(place)) for place in found}
    candidates = {number + step for number in near for step in (-1, 0, 1)}
    return [fmpq(number) for number in sorted({*WHOLE_NUMBERS, *candidates})]


def _within(place: Scalar, domain: Domain) -> bool:
    return isinstance(place, acb) or domain.holds(as_fraction(place))
