"""One submission -> its record: kept, judged again, or run, whichever is enough."""

from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Final, Protocol

from grader.batch.fingerprint import Fingerprint
from grader.batch.folder import OutputFolder
from grader.errors import GraderError, SandboxError, SubmissionError
from grader.export.record import (
    RecordError,
    RecordTooNewError,
    read_record,
    write_record,
)
from grader.load.handed import Handed, load_handed
from grader.load.loader import LoaderError, Loaders
from grader.model.answer import AnswerSheet, Failed
from grader.model.record import Record
from grader.model.rubric import Assignment
from grader.model.score import Scorecard
from grader.model.submission import Block, Form, Source
from grader.pipeline.examiner import Examiner
from grader.pipeline.grading import blank_scorecard
from grader.pipeline.paper import examine
from grader.pipeline.regrading import regrade
from grader.pipeline.rows import unjudged_scorecard
from grader.pipeline.sitting import Graded, Respondent
from grader.plugins import installed_loaders

KEPT: Final = "kept"
JUDGED: Final = "judged"
RAN: Final = "ran"
UNREADABLE: Final = "unreadable"
NOT_RUN: Final = "not-run"
NO_RECORD: Final = "no-record"

NOTHING_ASKED: Final = AnswerSheet(answers={})
"""The sheet of a submission that was not run."""


class Equipment(Protocol):
    """What grading takes, made ready when it is first asked for."""

    @property
    def examiner(self) -> Examiner:
        """The rubric with its reference at hand."""
        ...

    def open(self, source: Source) -> AbstractContextManager[Respondent]:
        """Run *source* in a process of its own."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendant:
    """Grades one submission after another into an output folder."""

    assignment: Assignment
    rests_on: Fingerprint
    folder: OutputFolder
    equipment: Equipment
    loaders: Loaders = field(default_factory=lambda: cache(installed_loaders))

    def attend(self, handed: Handed) -> str:
        """Bring the record of *handed* up to date; return what that took."""
        submission = handed.id
        try:
            source = load_handed(
                handed, assignment=self.assignment.assignment, loaders=self.loaders
            )
            return self._attend(source, submission)
        except SubmissionError as error:  # also of a file that cannot be laid out
            card = blank_scorecard(self.assignment, submission, error)
            self._write(Graded(scorecard=card, sheet=NOTHING_ASKED))
            return UNREADABLE
        except LoaderError as error:  # no student's fault: a person looks
            return self._leave_open(submission, error)

    def judge(self, submission: str, *, into: Path) -> str:
        """Judge a record again, and write what comes of it *into* another folder."""
        old = recorded(self.folder.record(submission))
        if old is None:
            return NO_RECORD
        card = regrade(self.equipment.examiner, old).scorecard
        write_record(into / f"{submission}.json", judged_by(self.rests_on, old, card))
        return JUDGED

    def _attend(self, source: Source, submission: str) -> str:
        path = self.folder.record(submission)
        old = recorded(path, answers=False)
        if old is not None and self._is_same_run(old, source):
            if self._is_same_judgement(old):
                return KEPT
            whole = recorded(path)  # its answers may be damaged where the rest is not
            if whole is not None and self._judge_again(whole):
                return JUDGED
        return self._run(source, submission)

    def _is_same_run(self, old: Record, source: Source) -> bool:
        """Whether running *source* could give nothing else than is on record."""
        return (
            old.source_digest == source.digest
            and old.grader_version == self.rests_on.grader_version
            and old.environment == self.rests_on.environment
        )

    def _is_same_judgement(self, old: Record) -> bool:
        return (
            old.rubric_digest == self.rests_on.rubric
            and old.reference_digest == self.rests_on.reference
            and not any(part.needs_run for part in old.scorecard.parts)
        )

    def _judge_again(self, old: Record) -> bool:
        """Judge from the record; False where only a run can tell."""
        card = regrade(self.equipment.examiner, old).scorecard
        if any(part.needs_run for part in card.parts):
            return False
        write_record(
            self.folder.record(card.submission), judged_by(self.rests_on, old, card)
        )
        return True

    def _run(self, source: Source, submission: str) -> str:
        examiner = self.equipment.examiner
        try:
            graded = self._examine(examiner, source, submission)
        except SandboxError as error:
            return self._leave_open(submission, error)
        remarks = (*source.remarks, *graded.scorecard.remarks)
        card = replace(graded.scorecard, remarks=remarks)
        ours = any(_is_ours(answer) for answer in graded.sheet.answers.values())
        self._write(
            replace(graded, scorecard=card),
            digest="" if ours else source.digest,
            text=source.text,
            cells=source.blocks if source.form is Form.NOTEBOOK else (),
        )
        return RAN

    def _leave_open(self, submission: str, error: GraderError) -> str:
        """Give a submission its row where our side failed: all of it undecided."""
        card = unjudged_scorecard(self.assignment, submission, str(error))
        self._write(Graded(scorecard=card, sheet=NOTHING_ASKED))
        return NOT_RUN

    def _examine(self, examiner: Examiner, source: Source, submission: str) -> Graded:
        """Run what is code, read what is written."""
        if source.form is Form.SHEET:
            return examine(examiner, None, source.text, submission=submission)
        with self.equipment.open(source) as student:
            return examine(examiner, student, source.text, submission=submission)

    def _write(
        self,
        graded: Graded,
        *,
        digest: str = "",
        text: tuple[Block, ...] = (),
        cells: tuple[Block, ...] = (),
    ) -> None:
        """Write the record; one without a digest is never taken for up to date."""
        record = replace(
            record_of(graded, self.rests_on),
            source_digest=digest,
            text=text,
            cells=cells,
        )
        write_record(self.folder.record(graded.scorecard.submission), record)


def record_of(graded: Graded, rests_on: Fingerprint) -> Record:
    """Return what is kept of *graded*, with the versions that it rests on."""
    return Record(
        sheet=graded.sheet,
        scorecard=graded.scorecard,
        grader_version=rests_on.grader_version,
        rubric_digest=rests_on.rubric,
        reference_digest=rests_on.reference,
        environment=rests_on.environment,
        source_digest="",
    )


def judged_by(rests_on: Fingerprint, record: Record, card: Scorecard) -> Record:
    """Put a new scorecard into *record*; what ran, and with what, stays as it was."""
    return replace(
        record,
        scorecard=card,
        rubric_digest=rests_on.rubric,
        reference_digest=rests_on.reference,
    )


def recorded(path: Path, *, answers: bool = True) -> Record | None:
    """Return the record at *path*, or None where there is none that can be used.

    Raises:
        RecordTooNewError: a later grader wrote it, whose work is not to be undone.
    """
    if not path.exists():
        return None
    try:
        return read_record(path, answers=answers)
    except RecordTooNewError:
        raise
    except RecordError:
        return None  # it is written anew, which is what mends it


def _is_ours(answer: object) -> bool:
    """Whether the fault was ours, so that another try may give an answer."""
    return isinstance(answer, Failed) and answer.reason == "sandbox"
