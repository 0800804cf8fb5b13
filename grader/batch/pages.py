"""Gradebook -> the files that people read: the pages, the overview and the table."""

from pathlib import Path
from urllib.parse import quote

from grader.batch.attending import recorded
from grader.batch.book import Gradebook
from grader.batch.folder import OutputFolder
from grader.export.atomic import write_atomically
from grader.export.gradebook import write_gradebook
from grader.export.html import to_html
from grader.export.overview import to_overview
from grader.feedback.audience import feedback
from grader.model.feedback import Audience
from grader.model.submission import Block


def write_pages(gradebook: Gradebook, folder: OutputFolder) -> None:
    """Write a page of each student for them and one for staff, overview and table."""
    assignment, cards = gradebook.assignment, gradebook.scorecards
    for card in cards:
        text = _text(folder.record(card.submission))
        for audience, place in (
            (Audience.STUDENT, folder.feedback),
            (Audience.STAFF, folder.staff),
        ):
            page = to_html(feedback(card, assignment, audience), text=text)
            write_atomically(place / f"{card.submission}.html", page)
    links = {
        c.submission: f"{folder.staff.name}/{quote(c.submission)}.html" for c in cards
    }
    write_atomically(folder.index, to_overview(cards, assignment, links=links))
    write_gradebook(folder.gradebook, cards, assignment)


def _text(record: Path) -> tuple[Block, ...]:
    """Return what a student wrote, for their page to show."""
    kept = recorded(record, answers=False)
    return kept.text if kept is not None else ()
