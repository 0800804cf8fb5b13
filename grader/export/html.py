"""Feedback -> one self-contained HTML page, readable on a telephone and in print."""

from collections.abc import Sequence

from grader.export.page import render
from grader.export.sheet import strips_of
from grader.model.feedback import Audience, Feedback
from grader.model.submission import Block


def to_html(feedback: Feedback, *, text: Sequence[Block] = ()) -> str:
    """Return *feedback* as a page that loads nothing and runs nothing.

    *text* are the blocks that the student wrote. Where an answer was found in them,
    they are shown below, each verdict in the margin of what it is about.
    """
    strips = strips_of(text, feedback)
    return render(
        "feedback.html.j2",
        feedback=feedback,
        staff=feedback.audience is Audience.STAFF,
        strips=strips if any(s.notes or s.marks for s in strips) else (),
    )
