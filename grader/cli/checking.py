"""A rubric and a submission -> read, looked at or graded, and an exit code."""

import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Final

from grader.cli.face import CANNOT_TELL
from grader.errors import SubmissionError
from grader.load.archive import read_archive
from grader.load.entry import open_regular
from grader.load.source import load
from grader.model.phase import Phase
from grader.model.verdict import Outcome
from grader.pipeline.assignment import read_assignment
from grader.pipeline.selfcheck import SELFCHECK_RUBRIC
from grader.plugins import installed_loaders
from grader.sandbox.zygote import Zygote

SOMETHING_IS_WRONG: Final = 1


def look_at(rubric: Path, submission: Path, phase: Phase, begun: Zygote | None) -> int:
    """Grade where there is a reference, else check; each way imports its own.

    So a self-check waits for nothing that judges.

    Raises:
        GraderError: the rubric or the submission cannot be used.
    """
    with ExitStack() as stack:
        path = _unpacked(rubric, stack)
        assignment = read_assignment(path)
        source = load(
            submission, assignment=assignment.assignment, loaders=installed_loaders
        )
        if assignment.reference:
            from grader.cli.graded import show_graded  # noqa: PLC0415 - as said above

            outcomes = show_graded(path, assignment, source, phase, begun)
        else:
            from grader.cli.checked import show_checked  # noqa: PLC0415 - as said above

            outcomes = show_checked(path, assignment, source, begun)
    return _exit_code(outcomes)


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
