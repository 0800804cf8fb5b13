"""A rubric with its reference and a submission -> what a student would be shown."""

from pathlib import Path

from rich.console import Console

from grader.export.terminal import print_scorecard
from grader.feedback.audience import feedback
from grader.model.feedback import Audience
from grader.model.phase import Phase
from grader.model.rubric import Assignment
from grader.model.submission import Source
from grader.model.verdict import Outcome
from grader.pipeline.grading import grade_once
from grader.sandbox.zygote import Zygote


def show_graded(
    rubric: Path,
    assignment: Assignment,
    source: Source,
    phase: Phase,
    begun: Zygote | None,
) -> set[Outcome]:
    """Grade with the reference, print a student's feedback, return the outcomes."""
    submission = Path(source.name).stem
    graded = grade_once(assignment, rubric, source, submission=submission, begun=begun)
    card = graded.scorecard
    told = feedback(card, assignment, Audience.STUDENT, phase=phase)
    print_scorecard(Console(), told)
    return {part.outcome for part in card.parts}
