"""Scorecard, assignment and audience -> feedback: who may be told what."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from grader.feedback.criterion import Setting, say_criterion, say_failed
from grader.feedback.marks import say_marks
from grader.feedback.markup import read_markup
from grader.feedback.overall import say_overall, staff_evidence
from grader.model.feedback import Audience, Feedback, PartFeedback, QuestionFeedback
from grader.model.phase import Phase
from grader.model.rubric import Assignment, Part
from grader.model.score import Basis, PartScore, QuestionScore, Scorecard
from grader.model.shown import one_line, visible
from grader.model.verdict import Outcome

LONGEST_MESSAGE_CHARACTERS: Final = 500
"""A student's own error message; the whole traceback is in their notebook."""

_SHOWN_FROM: Final[Mapping[str, frozenset[Phase]]] = {
    "visible": frozenset(Phase),
    "after_due_date": frozenset({Phase.AFTER_DUE, Phase.PUBLISHED}),
    "after_published": frozenset({Phase.PUBLISHED}),
    "hidden": frozenset(),
}


def feedback(
    scorecard: Scorecard,
    assignment: Assignment,
    audience: Audience,
    *,
    phase: Phase = Phase.BEFORE_DUE,
) -> Feedback:
    """Word *scorecard* for *audience*, and leave out what it may not see.

    Students see the parts that *phase* shows, and points of those parts alone; where
    a part is withheld so is the deduction for lateness, since it is a share of all
    points and would give the hidden ones away. Steps of a sheet are marked for no part
    in particular, so none is where a part that may be written is withheld.
    """
    told = _shown(scorecard, assignment, audience, phase)
    whole = len(told.parts) == len(scorecard.parts)
    return Feedback(
        audience=audience,
        submission=one_line(told.submission),
        student_name=one_line(told.student_name),
        assignment=told.assignment,
        title=read_markup(told.title),
        earned=told.earned,
        possible=told.possible if told.cap is None else min(told.possible, told.cap),
        waiting=told.waiting,
        whole=whole,
        sentences=say_overall(told, late=scorecard.lateness, whole=whole),
        questions=()
        if told.trouble  # says it once, in place of every part
        else tuple(_question(q, told, assignment, audience) for q in told.questions),
        troubles=tuple(
            (one_line(place), visible(message, limit=LONGEST_MESSAGE_CHARACTERS))
            for place, message in told.transcript.failures
        ),
        evidence=staff_evidence(told) if audience is Audience.STAFF else (),
        marks=say_marks(told.marks, audience),
    )


def is_shown(part: Part, phase: Phase) -> bool:
    """Whether students see *part*'s result in *phase*."""
    return phase in _SHOWN_FROM[part.visibility]


def withheld(assignment: Assignment, phase: Phase) -> tuple[Part, ...]:
    """Return the parts whose results students do not see in *phase*."""
    return tuple(part for part in assignment.parts if not is_shown(part, phase))


def _shown(
    scorecard: Scorecard, assignment: Assignment, audience: Audience, phase: Phase
) -> Scorecard:
    """Return *scorecard* without what *audience* may not know of."""
    if audience is Audience.STAFF:
        return scorecard
    closed = withheld(assignment, phase)
    open_parts = {part.id for part in assignment.parts} - {part.id for part in closed}
    kept = tuple(
        replace(q, parts=tuple(p for p in q.parts if p.part in open_parts))
        for q in scorecard.questions
    )
    questions = tuple(q for q in kept if q.parts)
    whole = sum(len(q.parts) for q in questions) == len(scorecard.parts)
    may_be_written = any(c.written for part in closed for c in part.criteria)
    return replace(
        scorecard,
        questions=questions,
        lateness=scorecard.lateness if whole else None,
        marks=() if may_be_written else scorecard.marks,
    )


def _question(
    score: QuestionScore, card: Scorecard, assignment: Assignment, audience: Audience
) -> QuestionFeedback:
    return QuestionFeedback(
        question=score.question,
        title=read_markup(score.title),
        earned=score.earned,
        possible=score.possible,
        parts=tuple(
            _part(p, _setting(p, card, assignment), audience) for p in score.parts
        ),
    )


def _part(score: PartScore, setting: Setting, audience: Audience) -> PartFeedback:
    return PartFeedback(
        part=score.part,
        title=read_markup(score.title),
        outcome=score.outcome,
        earned=score.earned,
        possible=score.possible,
        waiting=score.waiting,
        criteria=tuple(say_criterion(c, setting, audience) for c in score.criteria),
    )


def _setting(score: PartScore, card: Scorecard, assignment: Assignment) -> Setting:
    part = next((p for p in assignment.parts if p.id == score.part), None)
    follows = part.follows if part is not None else ()
    own = {p.part for p in card.parts if not _is_as_set(p)}
    shown = {p.part for p in card.parts}
    return Setting(
        part=part,
        limits=assignment.run,
        earlier=tuple(label for label in follows if label in own),
        withheld=frozenset(follows) - shown,
        on_paper="written-sheet" in card.remarks,
        failed=say_failed(card.transcript),
    )


def _is_as_set(score: PartScore) -> bool:
    """Whether a part's answers are the reference's own."""
    return all(
        c.verdict.outcome is Outcome.CORRECT and c.basis is Basis.AS_SET
        for c in score.criteria
    )
