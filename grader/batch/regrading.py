"""An output folder and a changed rubric -> who would move, and then the new records."""

import tempfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from grader.batch.attending import JUDGED, NO_RECORD
from grader.batch.belonging import check_belongs
from grader.batch.book import Gradebook, assemble, finished, idle_settlements
from grader.batch.crew import LOST, Done, Rejudging, attend_all
from grader.batch.folder import OutputFolder
from grader.batch.grading import longest_wall, usable_cores
from grader.batch.pages import write_pages
from grader.batch.phase import write_phase
from grader.batch.roll import RollRow, read_roll
from grader.batch.settlements import read_settlements
from grader.errors import RubricError
from grader.export.atomic import write_atomically
from grader.export.record import from_json
from grader.model.phase import Phase
from grader.model.rubric import Assignment
from grader.model.score import Scorecard
from grader.pipeline.assignment import read_assignment
from grader.score.regrade import Move, moves, needing_run
from grader.score.settlement import by_key


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What a regrade would change; nothing of it is written yet.

    *needs_run* are (submission, part) that only a run can judge: they keep their
    scores. *records* are the new ones by submission, as text, without what people
    settled. *lost* are submissions whose record is damaged, or whose judging failed
    on our side, twice: they keep their scores. *phase* is what students' pages are to show from then on, where that
    was told.
    """

    folder: OutputFolder
    before: Gradebook
    after: Gradebook
    records: Mapping[str, str]
    lost: tuple[Done, ...] = ()
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


@dataclass(frozen=True, slots=True, kw_only=True)
class RegradeOptions:
    """How a class is judged again; none of it changes what anybody earns.

    *workers* is the number of records at a time, one a usable core unless told.
    *phase* is what students' pages show once the proposal is written.
    """

    workers: int = 0
    phase: Phase | None = None
    on_progress: Callable[[Done, int], None] = lambda _done, _of: None


def propose_regrade(
    rubric: Path, output: Path, *, options: RegradeOptions = RegradeOptions()
) -> Proposal:
    """Judge every record of *output* again by *rubric*, and run nothing.

    Raises:
        RubricError: the rubric cannot be used, or nothing was graded into *output*.
        RecordTooNewError: a later grader wrote one of the records.
    """
    folder = OutputFolder(output)
    roll = read_roll(folder.roll)
    if not roll:
        raise RubricError(
            where=str(output),
            what="nothing was graded into this folder",
            mend="name the folder that `grader grade` wrote to with --output",
        )
    assignment = read_assignment(rubric)
    check_belongs(folder, assignment)
    before = assemble(assignment, folder)
    records, lost = _judged(rubric, assignment, folder, roll, options)
    new = {name: _scorecard(text, name) for name, text in records.items()}
    settled = by_key(read_settlements(folder.settlements))
    after = tuple(
        finished(assignment, row, new[row.record], settled)
        if row.record in new
        else old
        for row, old in zip(roll, before.scorecards, strict=True)
    )
    return Proposal(
        folder=folder,
        before=before,
        after=replace(
            before,
            scorecards=after,
            phase=options.phase or before.phase,
            idle=idle_settlements(settled, after),
        ),
        records=records,
        lost=lost,
        phase=options.phase,
    )


def accept(proposal: Proposal) -> None:
    """Write what *proposal* would change: records, pages, gradebook."""
    for submission, text in proposal.records.items():
        write_atomically(proposal.folder.record(submission), text)
    if proposal.phase is not None:
        write_phase(proposal.folder.phase, proposal.phase)
    write_pages(proposal.after, proposal.folder)


def _judged(
    rubric: Path,
    assignment: Assignment,
    folder: OutputFolder,
    roll: Iterable[RollRow],
    options: RegradeOptions,
) -> tuple[Mapping[str, str], tuple[Done, ...]]:
    """Have desks judge each record; return the new ones, and which were lost."""
    there = [row.submission for row in roll if folder.record(row.submission).exists()]
    with tempfile.TemporaryDirectory(prefix="grader-regrade-") as scratch:
        into = Path(scratch)
        listener = attend_all(
            [Rejudging(submission=name, into=into) for name in there],
            settings={
                "rubric": str(rubric),
                "output": str(folder.root),
                "require": [],
                "allow_unconfined": True,  # nothing of a student's is run
                "runs": False,
            },
            workers=options.workers or usable_cores(),
            longest=longest_wall(assignment),
        )
        done = []
        try:
            for one in listener:
                done.append(one)
                options.on_progress(one, len(there))
        finally:
            listener.close()
        records = {
            name: (into / f"{name}.json").read_text("ascii")
            for name in sorted(one.submission for one in done if one.did == JUDGED)
        }
    return records, tuple(one for one in done if one.did in {LOST, NO_RECORD})


def _scorecard(record: str, submission: str) -> Scorecard:
    return from_json(record, where=submission, answers=False).scorecard
