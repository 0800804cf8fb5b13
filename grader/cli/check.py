"""`grader check`: one submission -> what its author may know of it, and an exit code."""

import tempfile
from contextlib import ExitStack
from pathlib import Path

import click
from rich.console import Console

from grader.cli.arguments import SUBMISSION
from grader.cli.checked import print_checked
from grader.cli.face import CANNOT_TELL
from grader.errors import SubmissionError
from grader.export.terminal import print_scorecard
from grader.feedback.audience import feedback
from grader.load.archive import read_archive
from grader.load.entry import open_regular
from grader.load.source import load
from grader.model.feedback import Audience
from grader.model.rubric import Assignment
from grader.model.submission import Source
from grader.model.verdict import Outcome
from grader.pipeline.grading import grade_once
from grader.pipeline.selfcheck import SELFCHECK_RUBRIC, Checked, SelfCheck
from grader.rubric.reader import public_path, read_rubric
from grader.sandbox.imports import zygote_for
from grader.sandbox.session import open_reference, open_session

SOMETHING_IS_WRONG = 1


@click.command()
@click.argument("rubric", type=SUBMISSION)
@click.argument("submission", type=SUBMISSION)
@click.pass_context
def check(context: click.Context, rubric: Path, submission: Path) -> None:
    """Check SUBMISSION before it is handed in.

    RUBRIC is the zip that `grader bundle selfcheck` made, or, for staff, the rubric
    itself. Exits with 0 where nothing is wrong, 1 where something is, 2 if it cannot
    tell.
    """
    with ExitStack() as stack:
        path = _unpacked(rubric, stack)
        assignment = read_rubric(path)
        source = load(submission, assignment=assignment.assignment)
        if assignment.reference:
            code = _graded(path, assignment, source, submission)
        else:
            code = _self_checked(path, assignment, source)
    context.exit(code)


def _graded(
    rubric: Path, assignment: Assignment, source: Source, submission: Path
) -> int:
    """Grade with the reference, and show what a student would be shown."""
    graded = grade_once(assignment, rubric, source, submission=submission.stem)
    card = graded.scorecard
    print_scorecard(Console(), feedback(card, assignment, Audience.STUDENT))
    return _exit_code({part.outcome for part in card.parts})


def _self_checked(rubric: Path, assignment: Assignment, source: Source) -> int:
    console = Console()
    with ExitStack() as stack:
        limits, public = assignment.run, public_path(assignment, rubric)
        zygote = stack.enter_context(zygote_for(source, public, limits))
        student = stack.enter_context(open_session(source, limits, zygote=zygote))
        properties = (
            stack.enter_context(open_reference(public, limits, zygote=zygote))
            if public is not None
            else None
        )
        checks = SelfCheck(
            assignment=assignment,
            student=student,
            properties=properties,
            signatures=properties.describe() if properties is not None else {},
        )
        found = checks.run(lambda one: print_checked(console, one, assignment.run))
        for place, message in student.transcript().failures:
            click.echo(f"{place} failed: {message}")
    click.echo(_summary(found))
    return _exit_code({one.outcome for one in found})


def _summary(found: list[Checked]) -> str:
    fine = sum(one.outcome is Outcome.CORRECT for one in found)
    return (
        f"\nnothing wrong was found in {fine} of {len(found)} parts; "
        "whether they are right is told after grading"
    )


def _exit_code(outcomes: set[Outcome]) -> int:
    if outcomes <= {Outcome.CORRECT}:
        return 0
    if outcomes <= {Outcome.CORRECT, Outcome.UNDECIDED}:
        return CANNOT_TELL
    return SOMETHING_IS_WRONG


def _unpacked(rubric: Path, stack: ExitStack) -> Path:
    """Return the rubric's file, taken out of a self-check's zip or folder if need be."""
    if rubric.is_dir():
        return rubric / SELFCHECK_RUBRIC
    if rubric.suffix.lower() != ".zip":
        return rubric
    archive = stack.enter_context(open_regular(rubric, where=rubric.name))
    files = {entry.name: entry for entry in read_archive(archive, name=rubric.name)}
    if SELFCHECK_RUBRIC not in files:
        raise SubmissionError(
            where=rubric.name,
            what="this zip is no self-check",
            mend="name the zip that your course gave you, then your own file",
        )
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="grader-")))
    for name, entry in files.items():
        if "/" not in name:
            (folder / name).write_bytes(entry.read())
    return folder / SELFCHECK_RUBRIC
