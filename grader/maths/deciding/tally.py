"""What came of each point -> what may be concluded from all of them."""

from dataclasses import dataclass, field
from typing import Final

from grader.maths.deciding.closeness import Closeness, digits_of
from grader.maths.deciding.shown import shown
from grader.maths.deciding.trial import Meeting, Point
from grader.maths.evaluation.linear import SIZE
from grader.maths.evaluation.matrices import Value
from grader.maths.evaluation.values import Undefined
from grader.maths.finding import Finding, Truth, unknown

FEW_POINTS: Final = 5
"""Points in a narrow common domain that must agree, or estimates that must differ."""


POINTS_LEFT_OUT: Final = 3
"""Points that cases may leave out before they are not the same function."""


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


def is_hopeless(tally: Tally) -> bool:
    """Return whether more points would only tell the same."""
    return tally.agreed == 0 and bool(tally.only_expected or tally.only_given)


def note(tally: Tally, meeting: Meeting, point: Point) -> Finding | None:
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
    if reasons in (["outside-domain", ""], ["no-case", ""]):
        tally.only_given.append(point)
    elif reasons == ["", "outside-domain"]:
        tally.only_expected.append(point)
    elif reasons == ["", "no-case"]:
        return _uncovered(tally, expected, point)
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


def _uncovered(
    tally: Tally, expected: Value | Undefined, point: Point
) -> Finding | None:
    """Note a point that the given cases leave out: a few are a difference.

    A single one may be where two cases meet, and each leaves it to the other.
    """
    if point not in tally.only_expected:
        tally.only_expected.append(point)
    if len(tally.only_expected) < POINTS_LEFT_OUT:
        return None
    return Finding(
        truth=Truth.DIFFERENT,
        method="domains",
        reason="no-case",
        witness=witness_of(point),
        expected_value=_shown(expected),
    )


def concluded(tally: Tally, wanted: int, *, constant: bool) -> Finding:
    """Return the verdict after the last point."""
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
    return unknown(_open_reason(tally), *_domain_notes(tally))


def _open_reason(tally: Tally) -> str:
    """Return why nothing could be concluded."""
    for reason in ("budget", "not-understood", "shape", "too-large", "unclear"):
        if reason in tally.failures:
            return reason
    if tally.agreed:
        return "few-points"
    if tally.only_expected:
        return "given-nowhere-defined"
    return "expected-nowhere-defined" if tally.only_given else "no-points"


def _domain_notes(tally: Tally) -> tuple[str, ...]:
    notes = []
    if tally.only_expected:
        notes.append(f"given-undefined: {_printed(tally.only_expected[0])}")
    if tally.only_given:
        notes.append(f"expected-undefined: {_printed(tally.only_given[0])}")
    return tuple(notes)


def _printed(point: Point) -> str:
    return ", ".join(f"{name} = {value}" for name, value in witness_of(point))
