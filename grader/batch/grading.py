"""Rubric and submissions -> an output folder with a row for each: the public face.

batch = grade_batch(rubric, find_submissions([folder]), output=Path("out"))
for scorecard in batch.gradebook.scorecards: ...
"""

import os
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

from grader.batch.attending import NOTHING_ASKED, record_of, recorded
from grader.batch.belonging import check_belongs
from grader.batch.book import Gradebook, assemble
from grader.batch.crew import LOST, Done, Job, attend_all
from grader.batch.enrolling import enrol
from grader.batch.fingerprint import Fingerprint, fingerprint
from grader.batch.folder import OutputFolder
from grader.batch.pages import write_pages
from grader.batch.phase import read_phase, write_phase
from grader.batch.roll import joined, read_roll, write_roll
from grader.errors import RubricError
from grader.export.record import write_record
from grader.load.handed import Handed
from grader.load.roster import Enrolled
from grader.model.phase import Phase
from grader.model.rubric import Assignment
from grader.pipeline.assignment import read_assignment
from grader.pipeline.rows import unjudged_scorecard
from grader.pipeline.sitting import Graded

# wall time is the machine's, so this is far beyond what limits of CPU time leave open
WALL_TIMES_CPU: Final = 20
LEAST_WALL_SECONDS: Final = 900.0

RECORDS_LOOKED_AT: Final = (
    4  # of those that a rubric's change leaves behind, all are old
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What a batch came to: the gradebook, and how many took which way to it.

    *took* counts `kept`, `judged`, `ran`, `unreadable`, `not-run` and `lost`.
    """

    gradebook: Gradebook
    took: Counter[str]


class Interrupted(Exception):
    """Ctrl-C came: *done* of *of* submissions have their record, and those will stand."""

    def __init__(self, done: int, of: int) -> None:
        super().__init__(done, of)
        self.done = done
        self.of = of


OnProgress = Callable[[Done, int], None]
"""Is told of each submission that is done, and of how many there are."""


def _say_nothing(_done: Done, _of: int) -> None:
    """Show no progress."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchOptions:
    """How a batch is run; none of this changes what anybody earns.

    *workers* is the number of submissions at a time, one a usable core unless told;
    *fresh* begins anew, whatever is on record and whoever is on the roll. Nothing is
    run without the protections in *require*, nor without the essential ones unless
    *allow_unconfined*. *phase* is what students' pages show from now on; without it
    that stays as it was told before, or goes by the due date.
    """

    workers: int = 0
    fresh: bool = False
    require: frozenset[str] = frozenset()
    allow_unconfined: bool = False
    phase: Phase | None = None
    on_progress: OnProgress = _say_nothing


def grade_batch(
    rubric: Path,
    handed: Sequence[Handed],
    *,
    output: Path,
    roster: Sequence[Enrolled] = (),
    options: BatchOptions = BatchOptions(),
) -> Batch:
    """Grade *handed* into the folder *output*, and write the gradebook there.

    A submission whose record is up to date is not run again, nor is one where only
    the rubric changed and all that it now asks is on record. Submissions graded into
    *output* before and not handed in now keep their rows.
    *roster* names students, gives them more time, and has those who handed nothing in.

    Raises:
        RubricError: the rubric or its reference cannot be used.
        PhaseError: what students see was told by hand, in a word that is none.
        SandboxError: no process that runs code can be set up here.
        Interrupted: Ctrl-C came; the same call goes on where this one stopped.
    """
    assignment = read_assignment(rubric)
    rests_on = fingerprint(assignment, rubric)
    folder = OutputFolder(output)
    if not options.fresh:
        check_belongs(folder, assignment)
    _make_ready(folder, handed, options)
    before = () if options.fresh else read_roll(folder.roll)
    write_roll(folder.roll, joined(before, enrol(handed, roster)))
    took: Counter[str] = Counter()
    listener = attend_all(
        [Job(handed=one) for one in handed],
        settings={
            "rubric": str(rubric),
            "output": str(output),
            "require": sorted(options.require),
            "allow_unconfined": options.allow_unconfined,
            "runs": True,
        },
        workers=options.workers or usable_cores(),
        longest=longest_wall(assignment),
    )
    try:
        for done in listener:
            took[done.did] += 1
            if done.did == LOST:
                _give_row(assignment, rests_on, folder, done)
            options.on_progress(done, len(handed))
    except KeyboardInterrupt as interrupt:
        raise Interrupted(took.total(), len(handed)) from interrupt
    finally:
        listener.close()
    if options.phase is not None:
        write_phase(folder.phase, options.phase)
    gradebook = assemble(assignment, folder)
    write_pages(gradebook, folder)
    return Batch(gradebook=gradebook, took=took)


def _make_ready(
    folder: OutputFolder, handed: Sequence[Handed], options: BatchOptions
) -> None:
    """Make the output folder; what in it cannot be read is told before an hour of work."""
    folder.create()
    if options.phase is None:
        read_phase(folder.phase)
    if options.fresh:
        for one in handed:
            folder.record(one.id).unlink(missing_ok=True)


def was_graded_by(rubric: Path, folder: OutputFolder) -> bool:
    """Whether *folder* was graded by this very rubric and reference already.

    Then both are known to work, and need no second look before grading goes on.
    """
    try:
        now = fingerprint(read_assignment(rubric), rubric)
    except RubricError:
        return False
    some = islice(folder.records.glob("*.json"), RECORDS_LOOKED_AT)
    found = [recorded(path, answers=False) for path in some]
    return any(
        (old.rubric_digest, old.reference_digest) == (now.rubric, now.reference)
        for old in found
        if old is not None
    )


def longest_wall(assignment: Assignment) -> float:
    """Return the seconds of wall time after which one submission's desk is given up."""
    return max(LEAST_WALL_SECONDS, WALL_TIMES_CPU * assignment.run.cpu)


def usable_cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 2


def _give_row(
    assignment: Assignment, rests_on: Fingerprint, folder: OutputFolder, done: Done
) -> None:
    """Write the record of a submission that grading itself failed on, twice."""
    card = unjudged_scorecard(assignment, done.submission, done.fault)
    record = record_of(Graded(scorecard=card, sheet=NOTHING_ASKED), rests_on)
    write_record(folder.record(done.submission), record)
