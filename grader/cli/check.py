"""`grader check`: one submission -> what its author may know of it, and an exit code."""

from pathlib import Path

import click

from grader.cli.arguments import PHASE, SUBMISSION
from grader.model.phase import Phase
from grader.sandbox.ahead import begun_for


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
    with begun_for(submission) as begun:
        from grader.cli.checking import look_at  # noqa: PLC0415 - while that one imports

        code = look_at(rubric, submission, phase, begun)
    context.exit(code)
