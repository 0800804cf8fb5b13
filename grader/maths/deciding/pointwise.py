"""Two trees -> a finding from their values in balls at points of their domain."""

import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from typing import Final

from flint import fmpq

from grader.maths.deciding.closeness import EXACT_DIGITS, Closeness
from grader.maths.deciding.places import points_at_kinks
from grader.maths.deciding.points import points
from grader.maths.deciding.survey import Survey
from grader.maths.deciding.tally import FEW_POINTS, Tally, concluded, is_hopeless, note
from grader.maths.deciding.trial import Point, Trial
from grader.maths.evaluation.evaluate import compiled
from grader.maths.evaluation.frame import Frame
from grader.maths.evaluation.matrices import Value
from grader.maths.evaluation.spaces import Space
from grader.maths.evaluation.values import Budget, Plane
from grader.maths.evaluation.world import World, settled_at_random
from grader.maths.finding import Finding, Truth, unknown
from grader.maths.setting import Setting
from grader.maths.tree import Tree

ATTEMPTS: Final = 60
MORE_ATTEMPTS: Final = 160
"""Points that are tried before few, or none, count as enough."""

POINTS_OF_ESTIMATES: Final = 4
"""A quadrature costs a thousand times as much as a formula."""

NOWHERE: Final = frozenset({"given-nowhere-defined", "expected-nowhere-defined"})
OFF_THE_LINE: Final = NOWHERE | {"no-points"}
"""Reasons to look at the complex plane as well."""

POINTS_AT_KINKS: Final = 24
"""Points beside the places where an absolute value or a case changes."""

POINTS_TO_LOCATE: Final = 12
MOST_LITERAL_BITS: Final = 3000


def decide_pointwise(  # noqa: PLR0913  two trees, and what is known about them
    expected: Tree,
    given: Tree,
    setting: Setting,
    *,
    seen: Survey,
    seed: int,
    space: Space | None = None,
    world: World | None = None,
) -> Finding:
    """Compare two trees at points, on the real line first unless `i` is in them."""
    planes = [Plane.LINE, Plane.COMPLEX]
    if seen.imaginary or setting.complex_numbers:
        planes = [Plane.COMPLEX]
    budget = Budget(setting.steps, time.monotonic() + setting.seconds)
    codes = compiled(expected), compiled(given)
    bits = max(setting.first_bits, 128 + min(seen.bits, MOST_LITERAL_BITS))
    findings: list[Finding] = []
    for plane in planes:
        frame = Frame(
            plane=plane,
            odd_roots=setting.real_odd_roots,
            budget=budget,
            world=world,
        )
        trial = Trial(codes, frame, bits, max(bits, setting.last_bits))
        stream = _stream(seen, setting, seed, space, world)
        if world is not None:
            stream = settled_at_random(world, stream)
        findings.append(
            _decide_in_plane(
                trial,
                stream,
                setting,
                constant=not (seen.free or space or world),
                kinks=POINTS_AT_KINKS if seen.kinks else 0,
            )
        )
        if findings[-1].reason not in OFF_THE_LINE:
            break
    if len(findings) == 1 and findings[0].reason not in NOWHERE:
        return findings[0]
    return _off_the_line(findings[0], findings[-1], seen)


def _off_the_line(on_line: Finding, off_line: Finding, seen: Survey) -> Finding:
    """Weigh what was found in the complex plane where not both sides were real.

    There a law such as `ln(a b) = ln a + ln b` fails by its branches, so that a
    difference between functions says little; between two numbers it says all, and
    so it does when only one side was real.
    """
    if off_line.reason in NOWHERE:
        return replace(off_line, truth=Truth.DIFFERENT, method="domains")
    if off_line.different and seen.free and on_line.reason not in NOWHERE:
        return unknown("no-points", "complex-values")
    return _noted(off_line, "complex-values")


def _stream(
    seen: Survey, setting: Setting, seed: int, space: Space | None, world: World | None
) -> Iterator[Point]:
    if not (seen.free or space or world):
        return iter(({}, {}))
    domains = seen.domains(setting)
    if space is not None:
        numeric = {
            name: domain
            for name, domain in domains.items()
            if name not in space.sizes.shapes
        }
        return space.enriched(points(numeric, seed=seed), seed=seed)
    usual = points(domains, seed=seed, wide=seen.wide)
    if not seen.kinks:
        return usual
    beside = points_at_kinks(domains, seen.kinks, seed=seed)
    return _interleaved(islice(beside, POINTS_AT_KINKS), usual)


def _interleaved(beside: Iterator[Point], usual: Iterator[Point]) -> Iterator[Point]:
    """Return two points of the first stream for each of the second."""
    for point in usual:
        yield point
        yield from islice(beside, 2)


def _decide_in_plane(
    trial: Trial,
    stream: Iterator[Point],
    setting: Setting,
    *,
    constant: bool,
    kinks: int,
) -> Finding:
    tally = Tally()
    wanted = 2 if constant else setting.points + kinks
    for attempt, point in enumerate(islice(stream, MORE_ATTEMPTS)):
        if attempt >= ATTEMPTS and is_hopeless(tally):
            break
        trial.frame.seed = attempt
        meeting = trial.meet(point)
        finding = note(tally, meeting, point)
        if finding is not None:
            return _located(finding, trial, stream)
        if not tally.rigorous:
            wanted = min(wanted, POINTS_OF_ESTIMATES)
        if _is_settled(tally, wanted, constant=constant):
            break
        if constant:
            trial.bits = trial.last_bits
    return concluded(tally, wanted, constant=constant)


def _is_settled(tally: Tally, wanted: int, *, constant: bool) -> bool:
    """Return whether more points are not needed, or of no use."""
    return (
        tally.agreed >= wanted
        or len(tally.apart) >= FEW_POINTS
        or (constant and tally.digits == EXACT_DIGITS and tally.agreed > 0)
        or bool(tally.failures & {"budget", "not-understood"})
    )


def _located(finding: Finding, trial: Trial, stream: Iterable[Point]) -> Finding:
    """Say for which sign of which name the two agree, if that is what divides them."""
    if finding.method != "proved-different" or not finding.witness:
        return finding
    if trial.frame.world is not None:
        return finding
    agreeing: list[Point] = []
    differing: list[Point] = []
    for point in islice(stream, POINTS_TO_LOCATE):
        found = trial.meet(point).closeness
        if found is Closeness.SAME:
            agreeing.append(point)
        elif found is Closeness.APART:
            differing.append(point)
    if len(agreeing) < 2 or not differing:  # noqa: PLR2004  one may be chance
        return finding
    return _noted(finding, _part(agreeing, differing))


def _part(agreeing: list[Point], differing: list[Point]) -> str:
    """Return a note on where two expressions agree."""
    for name in agreeing[0]:
        for sign, word in ((1, ">"), (-1, "<")):
            inside = all(_has_sign(point[name], sign) for point in agreeing)
            outside = all(_has_sign(point[name], -sign) for point in differing)
            if inside and outside:
                return f"equal-for: {name} {word} 0"
    return "equal-at-some-points"


def _has_sign(value: Value, sign: int) -> bool:
    return isinstance(value, fmpq) and value * sign > 0


def _noted(finding: Finding, note: str) -> Finding:
    return replace(finding, notes=(*finding.notes, note))
