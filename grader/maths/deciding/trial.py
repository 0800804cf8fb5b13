"""Two compiled trees and a point -> how their values stand to each other there."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from grader.maths.deciding.closeness import Closeness, closeness
from grader.maths.evaluation.evaluate import run
from grader.maths.evaluation.frame import Code, Frame, precision
from grader.maths.evaluation.matrices import Value
from grader.maths.evaluation.values import Undefined

Point = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Meeting:
    """What came of one point."""

    closeness: Closeness | None
    expected: Value | Undefined
    given: Value | Undefined
    rigorous: bool


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
            if found in _UNLIKE and _may_still_meet(opaque, opaque_given):
                found = None
        return Meeting(found, expected, given, frame.rigorous)

    def _value(self, side: int, point: Point) -> tuple[Value | Undefined, set[int]]:
        """Return one side's value, and what it took as numbers without knowing them."""
        self.frame.values = dict(point)
        self.frame.opaque = set()
        value = run(self.codes[side], self.frame)
        if value == _MISFIT and self.frame.opaque:
            value = Undefined("not-understood")  # whatever is not known may fit
        return value, self.frame.opaque


_UNLIKE: Final = frozenset({Closeness.APART, Closeness.MISSHAPEN})
_MISFIT: Final = Undefined("shape")


def _may_still_meet(expected: set[int], given: set[int]) -> bool:
    """Return whether a difference may come of subterms whose value is not known.

    The same unknown on both sides is as good as a name; a lone bare `grad L` is free
    to be anything; but two unlike unknowns may be the same, and so may one and a
    formula for it.
    """
    unlike = expected ^ given
    computable = any(mark < 0 for mark in unlike)
    return bool(unlike) and (computable or bool(expected and given))
