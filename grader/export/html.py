"""Feedback -> one self-contained HTML page, readable on a telephone and in print."""

from grader.export.page import render
from grader.model.feedback import Audience, Feedback


def to_html(feedback: Feedback) -> str:
    """Return *feedback* as a page that loads nothing and runs nothing."""
    staff = feedback.audience is Audience.STAFF
    return render("feedback.html.j2", feedback=feedback, staff=staff)
