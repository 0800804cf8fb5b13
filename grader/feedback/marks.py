"""Marks on a derivation -> what is said beside each statement of the sheet."""

from collections.abc import Iterable

from grader.feedback.markup import read_markup
from grader.feedback.remarks import MARKS
from grader.feedback.wording import say
from grader.model.feedback import Audience, MarkFeedback, Piece
from grader.model.shown import visible
from grader.model.writing import Mark


def say_marks(marks: Iterable[Mark], audience: Audience) -> tuple[MarkFeedback, ...]:
    """Word *marks*; what was not checked is of use to staff alone."""
    staff = audience is Audience.STAFF
    return tuple(_say(mark) for mark in marks if staff or mark.standing != "unchecked")


def _say(mark: Mark) -> MarkFeedback:
    values: dict[str, Piece] = {}
    if mark.witness:
        point = ", ".join(f"{name} = {value}" for name, value in mark.witness)
        values["witness"] = Piece(text=visible(point, limit=300), kind="code")
    if mark.domain:
        values["domain"] = Piece(text=visible(mark.domain, limit=300), kind="code")
    remark = (read_markup(mark.remark),) if mark.remark else ()
    return MarkFeedback(
        standing=mark.standing,
        sentences=(*say(MARKS.get(mark.reason, ()), values), *remark),
        statement=visible(mark.statement),
        words=visible(mark.words, limit=500),
        line=mark.line,
        block=mark.block,
    )
