"""An output folder's records, roll and settlements -> the scorecards that count."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from grader.batch.attending import recorded
from grader.batch.folder import OutputFolder
from grader.batch.phase import phase_at, read_phase
from grader.batch.roll import RollRow, read_roll
from grader.batch.settlements import read_settlements
from grader.model.phase import Phase
from grader.model.rubric import Assignment
from grader.model.score import Scorecard
from grader.pipeline.rows import absent_scorecard, unjudged_scorecard
from grader.score.policy import lateness
from grader.score.settlement import Key, Settlement, by_key, settle_by_hand


@dataclass(frozen=True, slots=True, kw_only=True)
class Gradebook:
    """A class: the assignment, a scorecard for each student, what these may see.

    *idle* is what people settled that no scorecard has, since a part was renamed, say.
    """

    assignment: Assignment
    scorecards: tuple[Scorecard, ...]
    phase: Phase = Phase.BEFORE_DUE
    idle: tuple[Key, ...] = ()

    @property
    def waiting(self) -> int:
        """How many submissions wait for a person."""
        return sum(card.waiting > 0 for card in self.scorecards)


def assemble(
    assignment: Assignment, folder: OutputFolder, *, now: datetime | None = None
) -> Gradebook:
    """Return what counts: records, with names, lateness and people's settlements.

    Records hold what the machine found; who it was, when it came and what a person
    decided is put on here, so that no change of those needs a record written.
    """
    settled = by_key(read_settlements(folder.settlements))
    rows = read_roll(folder.roll)
    cards = [
        finished(assignment, row, _machine_card(assignment, row, folder), settled)
        for row in rows
    ]
    by_date = phase_at(assignment.late, rows, now or datetime.now(UTC))
    return Gradebook(
        assignment=assignment,
        scorecards=tuple(cards),
        phase=read_phase(folder.phase) or by_date,
        idle=idle_settlements(settled, cards),
    )


def idle_settlements(
    settled: Iterable[Key], cards: Iterable[Scorecard]
) -> tuple[Key, ...]:
    """Return the keys of *settled* that nothing in *cards* goes by."""
    there = {
        (card.submission, part.part, criterion.answer)
        for card in cards
        for part in card.parts
        for criterion in part.criteria
    }
    return tuple(key for key in settled if key not in there)


def _machine_card(
    assignment: Assignment, row: RollRow, folder: OutputFolder
) -> Scorecard:
    record = recorded(folder.record(row.record), answers=False)
    if record is not None:
        return record.scorecard
    if not (row.path or row.shares):
        return absent_scorecard(assignment, row.submission)
    return unjudged_scorecard(assignment, row.submission, "not graded yet")


def finished(
    assignment: Assignment,
    row: RollRow,
    card: Scorecard,
    settled: Mapping[Key, Settlement],
) -> Scorecard:
    """Put on *card* what a person settled, the student's name, and lateness.

    What was settled for a group holds for its members, unless it was for one of them.
    """
    card = settle_by_hand(card, settled)
    if row.shares:
        card = settle_by_hand(replace(card, submission=row.submission), settled)
    due = assignment.late.due if assignment.late else None
    return replace(
        card,
        student_name=row.student_name,
        remarks=tuple(dict.fromkeys((*card.remarks, *row.remarks))),
        cap=assignment.cap,
        lateness=lateness(
            assignment.late, card.possible, row.submitted, extension=row.extension(due)
        ),
    )
