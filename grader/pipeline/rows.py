"""Submissions that nothing could be learnt of -> their rows: a person looks."""

from dataclasses import replace
from typing import Final

from grader.errors import SubmissionError
from grader.model.rubric import Assignment
from grader.model.score import CriterionScore, Scorecard
from grader.model.verdict import undecided
from grader.pipeline.grading import blank_scorecard

NO_SUBMISSION: Final = "no-submission"


def unjudged_scorecard(
    assignment: Assignment, submission: str, fault: str
) -> Scorecard:
    """Return the row of a submission that grading failed on: all of it undecided."""
    blank = _blank(assignment, submission)

    def open_again(score: CriterionScore) -> CriterionScore:
        return replace(score, verdict=undecided("our-fault"), fault=fault)

    questions = tuple(
        replace(
            question,
            parts=tuple(
                replace(part, criteria=tuple(map(open_again, part.criteria)))
                for part in question.parts
            ),
        )
        for question in blank.questions
    )
    return replace(blank, questions=questions)


def absent_scorecard(assignment: Assignment, submission: str) -> Scorecard:
    """Return the row of a student who handed nothing in."""
    return replace(_blank(assignment, submission), remarks=(NO_SUBMISSION,))


def _blank(assignment: Assignment, submission: str) -> Scorecard:
    nothing = SubmissionError(where=submission, what="", mend="")
    return replace(blank_scorecard(assignment, submission, nothing), trouble="")
