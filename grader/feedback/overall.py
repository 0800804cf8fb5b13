"""Scorecard -> what is said of the submission as a whole."""

from grader.feedback.remarks import OVERALL, SUBMISSIONS
from grader.feedback.wording import say
from grader.model.feedback import Piece, Row, Sentence, code, words
from grader.model.score import Lateness, Scorecard
from grader.model.shown import one_line, visible
from grader.model.verdict import Outcome


def say_overall(
    scorecard: Scorecard, *, late: Lateness | None, whole: bool = True
) -> tuple[Sentence, ...]:
    """Return the sentences that stand above the parts.

    *late* is the submission's lateness even where *scorecard* withholds it: that one
    was late is no secret, what it costs may be. *whole* is false where *scorecard*
    lacks parts that are withheld: nothing is said of those.
    """
    if scorecard.trouble:
        return (words(visible(scorecard.trouble)), *_remarks(scorecard))
    return (
        *_counted(scorecard, whole=whole),
        *_waiting(scorecard),
        *_late(scorecard, late),
        *_remarks(scorecard),
    )


def staff_evidence(scorecard: Scorecard) -> tuple[Row, ...]:
    """Return for staff how the run went: protections, time, what was printed."""
    run = scorecard.transcript
    rows = [Row(label=words("CPU time"), value=Piece(text=f"{run.cpu_seconds:.2f} s"))]
    rows += [
        Row(label=words(f"protection {one_line(name)}"), value=Piece(text=_switch(on)))
        for name, on in run.protections
    ]
    if run.numerics:
        numbers = Piece(text=one_line(run.numerics))
        rows.append(Row(label=words("numbers by"), value=numbers))
    if run.names:
        names = ", ".join(run.names)
        rows.append(Row(label=words("names defined"), value=code(one_line(names))[0]))
    if run.output:
        rows.append(Row(label=words("printed"), value=code(visible(run.output))[0]))
    return tuple(rows)


def _switch(on: bool) -> str:  # noqa: FBT001 - a switch is what it names
    return "on" if on else "off"


def _counted(scorecard: Scorecard, *, whole: bool) -> tuple[Sentence, ...]:
    if not scorecard.parts:
        return () if whole else say(OVERALL["none-shown"], {})
    if scorecard.all_correct:
        return say(OVERALL["all-right" if whole else "all-shown-right"], {})
    right = sum(p.outcome is Outcome.CORRECT for p in scorecard.parts)
    count = len(scorecard.parts)
    return say(
        OVERALL["some-right"],
        {"right": Piece(text=str(right)), "count": Piece(text=str(count))},
    )


def _waiting(scorecard: Scorecard) -> tuple[Sentence, ...]:
    if not scorecard.waiting:
        return ()
    count = sum(p.waiting > 0 for p in scorecard.parts)
    name = "one-waits" if count == 1 else "some-wait"
    return say(OVERALL[name], {"count": Piece(text=str(count))})


def _late(scorecard: Scorecard, late: Lateness | None) -> tuple[Sentence, ...]:
    if late is None or late.days <= 0:
        return ()
    days = "1 day" if late.days == 1 else f"{late.days} days"
    cost = scorecard.lateness is not None and late.deducted > 0
    return say(
        OVERALL["late-with-cost" if cost else "late"], {"days": Piece(text=days)}
    )


def _remarks(scorecard: Scorecard) -> tuple[Sentence, ...]:
    codes = dict.fromkeys((*scorecard.remarks, *scorecard.transcript.remarks))
    return tuple(s for remark in codes for s in say_remark(remark))


def say_remark(remark: str) -> tuple[Sentence, ...]:
    """Word a remark on the whole submission: a code, or `code: detail`."""
    reason, _, detail = remark.partition(":")
    told = {"detail": Piece(text=one_line(detail))} if detail.strip() else {}
    return say(SUBMISSIONS.get(reason.strip(), ()), told)
