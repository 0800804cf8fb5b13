"""Two trees -> a finding from their values in balls at points of their domain."""

import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from typing import Final

from flint import fmpq

from grader.maths.closeness import EXACT_DIGITS, Closeness, closeness, digits_of
from grader.maths.evaluate import compiled, run
from grader.maths.finding import Finding, Truth, unknown
from grader.maths.frame import Code, Frame, precision
from grader.maths.linear import SIZE
from grader.maths.matrices import Value
from grader.maths.places import landmark_points
from grader.maths.points import points
from grader.maths.setting import Setting
from grader.maths.shown import shown
from grader.maths.spaces import Space
from grader.maths.survey import Survey
from grader.maths.tree import Tree
from grader.maths.values import Budget, Plane, Undefined
from grader.maths.world import World, settled_at_random

ATTEMPTS: Final = 60
MORE_ATTEMPTS: Final = 160
"""Points that are tried before few, or none, count as enough."""

FEW_POINTS: Final = 5
POINTS_OF_ESTIMATES: Final = 4
"""A quadrature costs a thousand times as much as a formula."""

POINTS_TO_LOCATE: Final = 12
MOST_LITERAL_BITS: Final = 3000

Point = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Meeting:
    """What came of one point."""

    closeness: Closeness | None
    expected: Value | Undefined
    given: Value | Undefined
    rigorous: bool


@dataclass(slots=True)
class Tally:
    """What came of the points so far."""

    agreed: int = 0
    digits: int = 1000
    rigorous: bool = True
    only_expected: list[Point] = field(default_factory=list)
    only_given: list[Point] = field(default_factory=list)
    failures: set[str] = field(default_factory=set)
    apart: list[Finding] = field(default_factory=list)


@dataclass(slots=True)
class Trial:
    """Two compiled trees and the frame in which they are evaluated."""

    codes: tuple[Code, Code]
    frame: Frame
    bits: int
    last_bits: int

    def meet(self, point: Point) -> Meeting:
        """Return how the two stand at *point*, at as many bits as it takes."""
        bits = self.bits
        while True:
            meeting = self._meet_at(point, bits)
            wide = meeting.closeness is Closeness.UNCLEAR or any(
                isinstance(side, Undefined) and side.reason == "too-wide"
                for side in (meeting.expected, meeting.given)
            )
            bits *= 4
            if not wide or bits > self.last_bits or not meeting.rigorous:
                return meeting

    def _meet_at(self, point: Point, bits: int) -> Meeting:
        frame = self.frame
        frame.rigorous = True
        with precision(bits):
            expected, opaque = self._value(0, point)
            given, opaque_given = self._value(1, point)
            if isinstance(expected, Undefined) or isinstance(given, Undefined):
                return Meeting(None, expected, given, frame.rigorous)
            found: Closeness | None = closeness(
                expected, given, rigorous=frame.rigorous
            )
            if found is Closeness.APART and opaque != opaque_given:
                found = None if opaque and opaque_given else found
        return Meeting(found, expected, given, frame.rigorous)

    def _value(self, side: int, point: Point) -> tuple[Value | Undefined, set[int]]:
        """Return one side's value, and what it took as numbers without knowing them."""
        self.frame.values = dict(point)
        self.frame.opaque = set()
        return run(self.codes[side], self.frame), self.frame.opaque


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
    finding = unknown("nothing-tried")
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
        finding = _decide_in_plane(
            trial, stream, setting, constant=not (seen.free or space or world)
        )
        if finding.truth is not Truth.UNKNOWN or finding.reason != "no-points":
            return finding if plane is planes[0] else _off_the_line(finding, seen)
    return finding


def _off_the_line(finding: Finding, seen: Survey) -> Finding:
    """Weigh what was found in the complex plane where nothing was real.

    There a law such as `ln(a b) = ln a + ln b` fails by its branches, so that a
    difference between functions says little; between two numbers it says all.
    """
    if finding.different and seen.free:
        return unknown("no-points", "complex-values")
    return _noted(finding, "complex-values")


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
    if not seen.landmarks:
        return usual
    return chain(landmark_points(domains, seen.landmarks, seed=seed), usual)


def _decide_in_plane(
    trial: Trial, stream: Iterator[Point], setting: Setting, *, constant: bool
) -> Finding:
    tally = Tally()
    wanted = 2 if constant else setting.points
    for attempt, point in enumerate(islice(stream, MORE_ATTEMPTS)):
        if attempt >= ATTEMPTS and _hopeless(tally):
            break
        trial.frame.seed = attempt
        meeting = trial.meet(point)
        finding = _note(tally, meeting, point)
        if finding is not None:
            return _located(finding, trial, stream)
        if not tally.rigorous:
            wanted = min(wanted, POINTS_OF_ESTIMATES)
        if tally.agreed >= wanted or len(tally.apart) >= FEW_POINTS:
            break
        if constant:
            if tally.digits == EXACT_DIGITS:
                break
            trial.bits = trial.last_bits
        if tally.failures & {"budget", "not-understood"}:
            break
    return _concluded(tally, wanted, constant=constant)


def _hopeless(tally: Tally) -> bool:
    """Return whether more points would only tell the same."""
    return tally.agreed == 0 and bool(tally.only_expected or tally.only_given)


def _note(tally: Tally, meeting: Meeting, point: Point) -> Finding | None:
    """Enter one point in the tally, and return the difference if it shows one."""
    expected, given = meeting.expected, meeting.given
    if isinstance(expected, Undefined) or isinstance(given, Undefined):
        return _note_undefined(tally, expected, given, point)
    if meeting.closeness is None:
        tally.failures.add("not-understood")
        return None
    if meeting.closeness is Closeness.SAME:
        tally.agreed += 1
        tally.rigorous = tally.rigorous and meeting.rigorous
        tally.digits = min(tally.digits, digits_of(expected, given))
        return None
    if meeting.closeness is Closeness.UNCLEAR:
        tally.failures.add("unclear")
        return None
    finding = _different(meeting, point)
    if meeting.rigorous or not point:
        return finding
    tally.apart.append(finding)
    return None


def _different(meeting: Meeting, point: Point) -> Finding:
    misshapen = meeting.closeness is Closeness.MISSHAPEN
    method = "proved-different" if meeting.rigorous else "measured-different"
    return Finding(
        truth=Truth.DIFFERENT,
        method="shape" if misshapen else method,
        reason="shape" if misshapen else "",
        points=1,
        witness=witness_of(point),
        expected_value=_shown(meeting.expected),
        given_value=_shown(meeting.given),
    )


def _shown(value: Value | Undefined) -> str | None:
    return None if isinstance(value, Undefined) else shown(value)


def witness_of(point: Point) -> tuple[tuple[str, str], ...]:
    """Return a point in print, in the order of the names."""
    return tuple(
        (name, shown(value)) for name, value in sorted(point.items()) if name != SIZE
    )


def _note_undefined(
    tally: Tally,
    expected: Value | Undefined,
    given: Value | Undefined,
    point: Point,
) -> Finding | None:
    reasons = [
        side.reason if isinstance(side, Undefined) else "" for side in (expected, given)
    ]
    if reasons == ["outside-domain", ""]:
        tally.only_given.append(point)
    elif reasons == ["", "outside-domain"]:
        tally.only_expected.append(point)
    elif reasons == ["", "shape"]:
        return Finding(
            truth=Truth.DIFFERENT,
            method="shape",
            reason="shape",
            expected_value=_shown(expected),
        )
    else:
        tally.failures.update(reasons)
    return None


def _concluded(tally: Tally, wanted: int, *, constant: bool) -> Finding:
    if tally.apart:
        settled = len(tally.apart) >= FEW_POINTS and tally.agreed == 0
        return tally.apart[0] if settled else unknown("estimates-disagree")
    enough = 1 if constant else min(wanted, FEW_POINTS)
    if tally.agreed >= enough:
        return Finding(
            truth=Truth.EQUAL,
            method="agreed",
            points=tally.agreed,
            digits=tally.digits,
            notes=_domain_notes(tally),
        )
    if tally.agreed == 0 and tally.only_expected and tally.only_given:
        return Finding(
            truth=Truth.DIFFERENT,
            method="domains",
            reason="nowhere-both-defined",
            notes=_domain_notes(tally),
        )
    for reason in ("budget", "not-understood", "shape", "too-large", "unclear"):
        if reason in tally.failures:
            return unknown(reason, *_domain_notes(tally))
    return unknown("few-points" if tally.agreed else "no-points", *_domain_notes(tally))


def _domain_notes(tally: Tally) -> tuple[str, ...]:
    notes = []
    if tally.only_expected:
        notes.append(f"given-undefined: {_printed(tally.only_expected[0])}")
    if tally.only_given:
        notes.append(f"expected-undefined: {_printed(tally.only_given[0])}")
    return tuple(notes)


def _printed(point: Point) -> str:
    return ", ".join(f"{name} = {value}" for name, value in witness_of(point))


def _located(finding: Finding, trial: Trial, stream: Iterable[Point]) -> Finding:
    """Say for which sign of which name the two agree, if that is what divides them."""
    if finding.method == "shape" or not finding.witness:
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
