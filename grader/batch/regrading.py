"""An output folder and a changed rubric -> who would move, and then the new records."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from grader.batch.attending import judged_by, recorded
from grader.batch.book import Gradebook, assemble, finished
from grader.batch.fingerprint import Fingerprint, fingerprint
from grader.batch.folder import OutputFolder
from grader.batch.pages import write_pages
from grader.batch.phase import write_phase
from grader.batch.roll import RollRow, read_roll
from grader.batch.settlements import read_settlements
from grader.errors import RubricError
from grader.export.record import write_record
from grader.model.feedback import Phase
from grader.model.record import Record
from grader.pipeline.assignment import read_assignment
from grader.pipeline.examiner import Examiner
from grader.pipeline.grading import open_examiner
from grader.pipeline.regrading import regrade
from grader.score.regrade import Move, moves, needing_run
from grader.score.settlement import by_key


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What a regrade would change; nothing of it is written yet.

    *needs_run* are (submission, part) that only a run can judge: they keep their
    scores. *records* are the new ones, without what people settled. *phase* is what
    students' pages are to show from then on, where that was told.
    """

    folder: OutputFolder
    before: Gradebook
    after: Gradebook
    records: tuple[Record, ...]
    phase: Phase | None = None

    @property
    def moves(self) -> tuple[Move, ...]:
        """The parts whose points or outcome change, by submission."""
        pairs = zip(self.before.scorecards, self.after.scorecards, strict=True)
        return tuple(move for old, new in pairs for move in moves(old, new))

    @property
    def needs_run(self) -> tuple[tuple[str, str], ...]:
        """The (submission, part) that only a run can judge."""
        return needing_run(self.after.scorecards)


def propose_regrade(
    rubric: Path, output: Path, *, phase: Phase | None = None
) -> Proposal:
    """Judge every record of *output* again by *rubric*, and run nothing.

    Raises:
        RubricError: the rubric cannot be used, or nothing was graded into *output*.
    """
    folder = OutputFolder(output)
    roll = read_roll(folder.roll)
    if not roll:
        raise RubricError(
            where=str(output),
            what="nothing was graded into this folder",
            mend="name the folder that `grader grade` wrote to with --output",
        )
    rests_on = fingerprint(read_assignment(rubric), rubric)
    with open_examiner(rubric) as examiner:
        assignment = examiner.assignment
        records = tuple(_judged(examiner, folder, roll, rests_on))
    new = {record.scorecard.submission: record.scorecard for record in records}
    before = assemble(assignment, folder)
    settled = by_key(read_settlements(folder.settlements))
    after = tuple(
        finished(assignment, row, new[row.submission], settled)
        if row.submission in new
        else old
        for row, old in zip(roll, before.scorecards, strict=True)
    )
    return Proposal(
        folder=folder,
        before=before,
        after=replace(before, scorecards=after, phase=phase or before.phase),
        records=records,
        phase=phase,
    )


def accept(proposal: Proposal) -> None:
    """Write what *proposal* would change: records, pages, gradebook."""
    for record in proposal.records:
        write_record(proposal.folder.record(record.scorecard.submission), record)
    if proposal.phase is not None:
        write_phase(proposal.folder.phase, proposal.phase)
    write_pages(proposal.after, proposal.folder)


def _judged(
    examiner: Examiner,
    folder: OutputFolder,
    roll: Iterable[RollRow],
    rests_on: Fingerprint,
) -> Iterator[Record]:
    for row in roll:
        old = recorded(folder.record(row.submission))
        if old is not None:
            yield judged_by(rests_on, old, regrade(examiner, old).scorecard)
