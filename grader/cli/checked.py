"""A public rubric and a submission -> what does not fit, at the terminal."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path

from rich.console import Console
from rich.text import Text

from grader.export.linear import linear
from grader.export.outcomes import LOOKS
from grader.export.terminal import print_indented
from grader.feedback.checks import CHECKS, say_written
from grader.feedback.criterion import Setting, say_criterion, say_failed
from grader.feedback.markup import read_markup
from grader.feedback.wording import say
from grader.model.feedback import Audience, Piece, Sentence
from grader.model.rubric import Assignment, RunLimits
from grader.model.shown import one_line, visible
from grader.model.submission import Form, Source
from grader.model.verdict import Outcome
from grader.pipeline.selfcheck import Checked, SelfCheck
from grader.rubric.reader import public_path
from grader.sandbox.session import Starter, open_reference, open_session
from grader.sandbox.starting import starter_of_both
from grader.sandbox.zygote import Zygote
from grader.score.credit import settle

Failures = Sequence[tuple[str, str]]  # where, and what was said


def show_checked(
    rubric: Path, assignment: Assignment, source: Source, begun: Zygote | None
) -> set[Outcome]:
    """Check each part, print what is found at once, and return the outcomes."""
    console = Console()

    def tell(one: Checked, failed: str = "") -> None:
        print_checked(console, one, assignment.run, failed=failed)

    failures: Failures = ()
    if source.form is Form.SHEET:
        checks = SelfCheck(assignment=assignment, student=None, text=source.text)
        found = checks.run(tell)
    else:
        public = public_path(assignment, rubric)
        with starter_of_both(source, public, assignment.run, begun) as starter:
            found, failures = _run(starter, public, assignment, source, tell)
    for place, message in failures:
        print_indented(console, Text(visible(f"{place} failed: {message}")))
    print_indented(console, Text(_summary(found)))
    return {one.outcome for one in found}


def _run(
    starter: Starter,
    public: Path | None,
    assignment: Assignment,
    source: Source,
    tell: Callable[[Checked, str], None],
) -> tuple[list[Checked], Failures]:
    """Run what was handed in, beside the public module in a process of its own."""
    limits = assignment.run
    with ExitStack() as stack:
        student = stack.enter_context(open_session(source, limits, starter=starter))
        properties = (
            stack.enter_context(open_reference(public, limits, starter=starter))
            if public is not None
            else None
        )
        checks = SelfCheck(
            assignment=assignment,
            student=student,
            text=source.text,
            properties=properties,
            signatures=properties.describe() if properties is not None else {},
        )
        found = checks.run(lambda one: tell(one, say_failed(student.transcript())))
        return found, student.transcript().failures


def _summary(found: list[Checked]) -> str:
    fine = sum(one.outcome is Outcome.CORRECT for one in found)
    unclear = sum(one.outcome is Outcome.UNDECIDED for one in found)
    more = f"; it cannot tell of {unclear}" if unclear else ""
    return (
        f"\nnothing wrong was found in {fine} of {len(found)} parts{more}; "
        "whether they are right is told after grading"
    )


def print_checked(
    console: Console, checked: Checked, limits: RunLimits, *, failed: str = ""
) -> None:
    """Print one part: its sign, its title, and what does not fit."""
    look = LOOKS[checked.outcome]
    line = Text(f"{look.sign} {checked.part.id}", look.style)
    if checked.part.title:
        line.append(f"  {linear(read_markup(checked.part.title))}", "default")
    console.print(line)
    for sentence in sentences(checked, limits, failed=failed):
        print_indented(console, Text(linear(sentence)), 4)


def sentences(
    checked: Checked, limits: RunLimits, *, failed: str = ""
) -> tuple[Sentence, ...]:
    """Word what was found in one part; *failed* names what of the work stopped."""
    found: list[Sentence] = []
    for criterion, verdict in checked.verdicts:
        written = say_written(criterion.answer, verdict)
        found += written
        if not written and verdict.outcome is not Outcome.CORRECT:
            score = settle(criterion, verdict, student_verdict=verdict)
            setting = Setting(part=checked.part, limits=limits, failed=failed)
            found += say_criterion(score, setting, Audience.STUDENT).sentences
    for text in checked.said:
        found += say(
            CHECKS["property"], {"said": Piece(text=one_line(text, limit=500))}
        )
    own = {criterion.answer for criterion, _ in checked.verdicts}
    for name in [name for name in checked.skipped if name not in own]:
        found += say(CHECKS["skipped"], {"answer": Piece(text=name, kind="code")})
    hint = checked.part.public.hint if checked.part.public else ""
    if checked.said and hint:
        found.append(read_markup(hint))
    return tuple(found)
