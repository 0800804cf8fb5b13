"""An output folder and a changed rubric -> who would move, and then the new records."""

from dataclasses import dataclass, replace
from pathlib import Path

from grader.batch.attending import recorded
from grader.batch.book import Gradebook, assemble, finished
from grader.batch.fingerprint import Fingerprint, fingerprint
from grader.batch.folder import OutputFolder
from grader.batch.pages import write_pages
from grader.batch.roll import read_roll
from grader.batch.settlements import read_settlements
from grader.errors import RubricError
from grader.export.record import write_record
from grader.model.record import Record
from grader.model.score import Scorecard
from grader.pipeline.grading import open_examiner
from grader.pipeline.regrading import regrade
from grader.score.regrade import Move, moves, needing_run
from grader.score.settlement import by_key


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What a regrade would change; nothing of it is written yet.

    *needs_run* are (submission, part) that only a run can judge: they keep their
    scores. *judged* are the machine's new scorecards, for the records.
    """

    folder: OutputFolder
    rests_on: Fingerprint
    before: Gradebook
    after: Gradebook
    judged: tuple[Scorecard, ...]

    @property
    def moves(self) -> tuple[Move, ...]:
        """The parts whose points or outcome change, by submission."""
        pairs = zip(self.before.scorecards, self.after.scorecards, strict=True)
        return tuple(move for old, new in pairs for move in moves(old, new))

    @property
    def needs_run(self) -> tuple[tuple[str, str], ...]:
        """The (submission, part) that only a run can judge."""
        return needing_run(self.after.scorecards)


def propose_regrade(rubric: Path, output: Path) -> Proposal:
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
    with open_examiner(rubric) as examiner:
        assignment = examiner.assignment
        before = assemble(assignment, folder)
        judged = {}
        for row in roll:
            record = recorded(folder.record(row.submission))
            if record is not None:
                judged[row.submission] = regrade(examiner, record).scorecard
    settled = by_key(read_settlements(folder.settlements))
    kept = {card.submission: card for card in before.scorecards}
    after = tuple(
        finished(assignment, row, judged[row.submission], settled)
        if row.submission in judged
        else kept[row.submission]
        for row in roll
    )
    return Proposal(
        folder=folder,
        rests_on=fingerprint(assignment, rubric),
        before=before,
        after=Gradebook(assignment=assignment, scorecards=after),
        judged=tuple(judged.values()),
    )


def accept(proposal: Proposal) -> None:
    """Write what *proposal* would change: records, pages, gradebook."""
    for card in proposal.judged:
        path = proposal.folder.record(card.submission)
        record = recorded(path)
        if record is not None:
            write_record(path, _judged_by(proposal.rests_on, record, card))
    write_pages(proposal.after, proposal.folder)


def _judged_by(rests_on: Fingerprint, record: Record, card: Scorecard) -> Record:
    """Put a new scorecard into *record*; what ran, and with what, stays as it was."""
    return replace(
        record,
        scorecard=card,
        rubric_digest=rests_on.rubric,
        reference_digest=rests_on.reference,
    )
