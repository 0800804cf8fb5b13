"""What was seen of two statements at one point after another -> a finding."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from flint import acb, arb

from grader.maths.evaluation.matrices import Value
from grader.maths.finding import Finding, Truth, unknown

PLACES_OF_A_TRUTH: Final = 30
"""Places at which what is always or never true has to be that."""


@dataclass(slots=True)
class Tally:
    """What was seen so far: points where both hold, where neither does, and doubts.

    *throughout* says that one side is true or false everywhere, and that the other
    was looked at all along its line.
    """

    both: int = 0
    neither: int = 0
    doubtful: int = 0
    complete: bool = True
    cut: bool = False
    throughout: bool = False
    gained: tuple[tuple[str, str], ...] | None = None
    lost: tuple[tuple[str, str], ...] | None = None

    @property
    def differs(self) -> bool:
        """Whether the two were seen to differ anywhere."""
        return self.gained is not None or self.lost is not None

    def add(self, part: "Tally", known: Mapping[str, bool]) -> None:
        """Add what was seen with the propositions *known* as they are."""
        words = tuple((name, str(truth).lower()) for name, truth in known.items())
        self.both += part.both
        self.neither += part.neither
        self.doubtful += part.doubtful
        self.complete = self.complete and part.complete
        self.cut = self.cut or part.cut
        self.throughout = part.throughout
        if self.gained is None and part.gained is not None:
            self.gained = (*words, *part.gained)
        if self.lost is None and part.lost is not None:
            self.lost = (*words, *part.lost)


def shown(values: Mapping[str, Value]) -> tuple[tuple[str, str], ...]:
    """Return a point as words."""
    return tuple((name, _in_words(value)) for name, value in sorted(values.items()))


def _in_words(value: Value) -> str:
    return value.str(12, radius=False) if isinstance(value, arb | acb) else str(value)


def verdict_on(tally: Tally, *, several_names: bool) -> Finding:
    """Return what a tally tells about the two statements."""
    if tally.differs:
        notes = [
            f"{word}-solution: " + ", ".join(f"{name} = {at}" for name, at in point)
            for word, point in (("gained", tally.gained), ("lost", tally.lost))
            if point
        ]
        reason = "solutions-differ"
        if tally.lost is None:
            reason = "gained-solutions"
        elif tally.gained is None:
            reason = "lost-solutions"
        return Finding(
            truth=Truth.DIFFERENT,
            method="proved-different",
            reason=reason,
            witness=tally.gained or tally.lost or (),
            expected_value="true" if tally.gained is None else "false",
            given_value="false" if tally.gained is None else "true",
            notes=tuple(notes),
        )
    if tally.cut:
        return unknown("budget")
    seen = tally.both + tally.neither
    settled = tally.both and (tally.complete or tally.neither)
    if not tally.both and tally.complete and not several_names:
        settled = tally.neither  # neither can ever hold
    if tally.throughout and not (tally.both and tally.neither):
        settled = settled or seen >= PLACES_OF_A_TRUTH
    if settled and seen and tally.doubtful * 2 <= seen:
        return Finding(truth=Truth.EQUAL, method="agreed", points=seen)
    return unknown("no-solutions-found" if not tally.both else "too-wide")
