"""`grader check`: one submission -> what its author may know of it, and an exit code."""

import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Final

import click

from grader.cli.arguments import PHASE, SUBMISSION
from grader.cli.face import CANNOT_TELL
from grader.errors import SubmissionError
from grader.load.archive import read_archive
from grader.load.entry import open_regular
from grader.load.source import load
from grader.model.feedback import Phase
from grader.model.rubric import Assignment
from grader.model.submission import Source
from grader.model.verdict import Outcome
from grader.pipeline.assignment import read_assignment
from grader.pipeline.selfcheck import SELFCHECK_RUBRIC
from grader.plugins import installed_loaders

SOMETHING_IS_WRONG: Final = 1


@click.command()
@click.argument("rubric", type=SUBMISSION)
@click.argument("submission", type=SUBMISSION)
@click.option(
    "--phase",
    type=PHASE,
    default=Phase.BEFORE_DUE,
    help="For staff: show what a student may see by then.",
)
@click.pass_context
def check(
    context: click.Context, rubric: Path, submission: Path, *, phase: Phase
) -> None:
    """Check SUBMISSION before it is handed in.

    RUBRIC is the zip that `grader bundle selfcheck` made, or, for staff, the rubric
    itself. Exits with 0 where nothing is wrong, 1 where something is, 2 if it cannot
    tell.
    """
    with ExitStack() as stack:
        path = _unpacked(rubric, stack)
        assignment = read_assignment(path)
        source = load(
            submission, assignment=assignment.assignment, loaders=installed_loaders
        )
        outcomes = _look(path, assignment, source, phase)
    context.exit(_exit_code(outcomes))


def _look(
    rubric: Path, assignment: Assignment, source: Source, phase: Phase
) -> set[Outcome]:
    """Grade where there is a reference, else check; each way imports its own.

    So a self-check waits for nothing that judges.
    """
    if assignment.reference:
        from grader.cli.graded import show_graded  # noqa: PLC0415 - as said above

        return show_graded(rubric, assignment, source, phase)
    from grader.cli.checked import show_checked  # noqa: PLC0415 - as said above

    return show_checked(rubric, assignment, source)


def _exit_code(outcomes: set[Outcome]) -> int:
    if outcomes <= {Outcome.CORRECT}:
        return 0
    if outcomes <= {Outcome.CORRECT, Outcome.UNDECIDED}:
        return CANNOT_TELL
    return SOMETHING_IS_WRONG


def _unpacked(rubric: Path, stack: ExitStack) -> Path:
    """Return the rubric's file, taken out of a self-check's zip or folder if need be."""
    if rubric.is_dir():
        if not (rubric / SELFCHECK_RUBRIC).is_file():
            raise _no_selfcheck(rubric.name, "folder")
        return rubric / SELFCHECK_RUBRIC
    if rubric.suffix.lower() != ".zip":
        return rubric
    archive = stack.enter_context(open_regular(rubric, where=rubric.name))
    files = {entry.name: entry for entry in read_archive(archive, name=rubric.name)}
    if SELFCHECK_RUBRIC not in files:
        raise _no_selfcheck(rubric.name, "zip")
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="grader-")))
    for name, entry in files.items():
        if "/" not in name:
            (folder / name).write_bytes(entry.read())
    return folder / SELFCHECK_RUBRIC


def _no_selfcheck(name: str, kind: str) -> SubmissionError:
    return SubmissionError(
        where=name,
        what=f"this {kind} is no self-check",
        mend="name the zip that your course gave you, then your own file",
    )
