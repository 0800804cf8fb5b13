"""Gradebook -> the files that people read: the pages, the overview and the table."""

from urllib.parse import quote

from grader.batch.attending import recorded
from grader.batch.book import Gradebook
from grader.batch.folder import OutputFolder
from grader.batch.roll import read_roll
from grader.export.atomic import write_atomically
from grader.export.gradebook import write_gradebook
from grader.export.html import to_html
from grader.export.notebook import to_notebook
from grader.export.overview import to_overview
from grader.feedback.audience import feedback
from grader.model.feedback import Audience


def write_pages(gradebook: Gradebook, folder: OutputFolder) -> None:
    """Write a page of each student for them and one for staff, overview and table."""
    assignment, cards = gradebook.assignment, gradebook.scorecards
    phase = gradebook.phase
    records = {row.submission: row.record for row in read_roll(folder.roll)}
    for card in cards:
        name = records.get(card.submission, card.submission)
        kept = recorded(folder.record(name), answers=False)
        text = kept.text if kept is not None else ()
        told = feedback(card, assignment, Audience.STUDENT, phase=phase)
        page = folder.feedback / f"{card.submission}.html"
        write_atomically(page, to_html(told, text=text))
        notebook = folder.feedback / f"{card.submission}.ipynb"
        if kept is not None and kept.cells:
            write_atomically(notebook, to_notebook(told, kept.cells))
        else:
            notebook.unlink(missing_ok=True)  # of what was handed in before
        told = feedback(card, assignment, Audience.STAFF)
        page = folder.staff / f"{card.submission}.html"
        write_atomically(page, to_html(told, text=text))
    links = {
        c.submission: f"{folder.staff.name}/{quote(c.submission)}.html" for c in cards
    }
    write_atomically(folder.index, to_overview(cards, assignment, links=links))
    write_gradebook(folder.gradebook, cards, assignment)
