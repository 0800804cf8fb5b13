"""Two scorecards of one submission -> which parts moved, and by how much."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from grader.model.score import PartScore, Scorecard
from grader.model.verdict import Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A part whose points or outcome changed; a side without the part has no outcome."""

    submission: str
    part: str
    before: Fraction
    after: Fraction
    was: Outcome | None
    now: Outcome | None

    @property
    def by(self) -> Fraction:
        """By how much its points changed."""
        return self.after - self.before


def moves(before: Scorecard, after: Scorecard) -> tuple[Move, ...]:
    """Return the parts that *after* scores differently from *before*, in its order."""
    old = {part.part: part for part in before.parts}
    new = {part.part: part for part in after.parts}
    found = (
        _move(after.submission, label, old.get(label), new.get(label))
        for label in dict.fromkeys((*new, *old))
    )
    return tuple(m for m in found if m.by or m.was is not m.now)


def needing_run(scorecards: Iterable[Scorecard]) -> tuple[tuple[str, str], ...]:
    """Return (submission, part) wherever only a run of the work can tell."""
    return tuple(
        (card.submission, part.part)
        for card in scorecards
        for part in card.parts
        if part.needs_run
    )


def _move(
    submission: str, part: str, old: PartScore | None, new: PartScore | None
) -> Move:
    return Move(
        submission=submission,
        part=part,
        before=old.earned if old else Fraction(0),
        after=new.earned if new else Fraction(0),
        was=old.outcome if old else None,
        now=new.outcome if new else None,
    )
