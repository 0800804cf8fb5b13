"""Gradebook -> the files that people read: a page for each student, and the table."""

from pathlib import Path

from grader.batch.book import Gradebook
from grader.batch.folder import OutputFolder
from grader.export.atomic import write_atomically
from grader.export.gradebook import write_gradebook
from grader.export.html import to_html
from grader.feedback.audience import feedback
from grader.model.feedback import Audience
from grader.model.rubric import Assignment
from grader.model.score import Scorecard


def write_pages(gradebook: Gradebook, folder: OutputFolder) -> None:
    """Write every student's page, staff's page of each, and the gradebook."""
    assignment = gradebook.assignment
    for card in gradebook.scorecards:
        name = f"{card.submission}.html"
        _write_page(folder.feedback / name, card, assignment, Audience.STUDENT)
        _write_page(folder.staff / name, card, assignment, Audience.STAFF)
    write_gradebook(folder.gradebook, gradebook.scorecards, assignment)


def _write_page(
    path: Path, card: Scorecard, assignment: Assignment, audience: Audience
) -> None:
    write_atomically(path, to_html(feedback(card, assignment, audience)))
