"""A record and an examiner -> judged again, with nothing of the student's run."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from grader.errors import SubmissionError
from grader.export.codec import encode
from grader.model.answer import Answer, AnswerSheet, Probe, Transcript
from grader.model.record import Record
from grader.model.rubric import Assignment
from grader.model.score import PartScore, Scorecard
from grader.model.verdict import Outcome
from grader.pipeline.examiner import Examiner
from grader.pipeline.grading import blank_scorecard
from grader.pipeline.paper import WRITTEN_SHEET, examine
from grader.pipeline.sitting import Graded, NeedsRun, Relaying


@dataclass(frozen=True, slots=True)
class Replay:
    """Answers from a record what it was asked when it ran, relayed calls too.

    Probes go by their JSON: there NaN is itself, and 1, 1.0 and true are three.
    """

    known: Mapping[str, Answer]
    played: Transcript

    def ask(
        self, probes: Sequence[Probe], *, relay: Relaying | None = None
    ) -> tuple[Answer, ...]:
        """Return the recorded answers at *probes*; nothing is relayed from a record.

        Raises:
            NeedsRun: one of them is not on record.
        """
        del relay
        try:
            return tuple(self.known[_key(probe)] for probe in probes)
        except KeyError as error:
            raise NeedsRun from error

    def announce(self, groups: Iterable[tuple[Probe, ...]]) -> None:
        """Do nothing: it is all there."""

    def transcript(self) -> Transcript:
        """Return what happened when the work was run."""
        return self.played


def replay(sheet: AnswerSheet) -> Replay:
    """Return a respondent that answers as *sheet* says."""
    pairs: list[tuple[Probe, Answer]] = [(r.call, r.answer) for r in sheet.relayed]
    pairs += sheet.answers.items()
    return Replay({_key(probe): answer for probe, answer in pairs}, sheet.transcript)


def regrade(examiner: Examiner, record: Record) -> Graded:
    """Judge *record* again by *examiner*'s rubric and reference.

    A part that asks for what is not on record keeps its score, and so does one that
    builds on such a part and is not right in itself; both are marked `needs_run`.
    """
    old = record.scorecard
    if old.trouble:
        error = SubmissionError(where=old.submission, what=old.trouble, mend="")
        blank = blank_scorecard(examiner.assignment, old.submission, error)
        blank = replace(blank, trouble=old.trouble, remarks=old.remarks)
        return Graded(scorecard=blank, sheet=record.sheet)
    alone = WRITTEN_SHEET in old.remarks
    judged = examine(
        examiner,
        None if alone else replay(record.sheet),
        record.text,
        submission=old.submission,
    )
    card = keep_unrun(examiner.assignment, old, judged.scorecard)
    # the whole sheet stays: a rubric that is changed back finds its answers again
    return Graded(scorecard=replace(card, remarks=old.remarks), sheet=record.sheet)


def keep_unrun(
    assignment: Assignment, before: Scorecard, after: Scorecard
) -> Scorecard:
    """Put the scores of *before* wherever *after* could not tell without a run."""
    old = {part.part: part for part in before.parts}
    unrun = _unrun(assignment, after.parts)
    questions = tuple(
        replace(
            question,
            parts=tuple(
                _kept(part, old.get(part.part)) if part.part in unrun else part
                for part in question.parts
            ),
        )
        for question in after.questions
    )
    return replace(after, questions=questions)


def _unrun(assignment: Assignment, scores: Iterable[PartScore]) -> frozenset[str]:
    """Return the parts that need a run, and those whose follow-through may."""
    scored = {score.part: score for score in scores}
    found: set[str] = set()
    beyond: set[str] = set()  # what rests on them, through right answers as well
    for part in assignment.parts:  # a part follows earlier ones alone
        score = scored[part.id]
        rests = not beyond.isdisjoint(part.follows)
        if score.needs_run or rests:
            beyond.add(part.id)
        if score.needs_run or (rests and score.outcome is not Outcome.CORRECT):
            found.add(part.id)
    return frozenset(found)


def _kept(new: PartScore, old: PartScore | None) -> PartScore:
    return replace(new if old is None else old, title=new.title, needs_run=True)


def _key(probe: Probe) -> str:
    return json.dumps(encode(probe))
