"""`grader bundle`: what students and platforms get of an assignment."""

from pathlib import Path

import click

from grader.bundle.gradescope import gradescope_bundle
from grader.bundle.selfcheck import selfcheck_bundle
from grader.cli.arguments import RUBRIC
from grader.export.atomic import write_atomically
from grader.lint.rubric import preflight

_ZIP = click.Path(dir_okay=False, path_type=Path)


@click.group()
def bundle() -> None:
    """Make what students and platforms get."""


@bundle.command()
@click.argument("rubric", type=RUBRIC)
@click.option("-o", "--output", type=_ZIP, default=Path("selfcheck.zip"))
def selfcheck(rubric: Path, output: Path) -> None:
    """Make the zip with which students check their own work: no answer is in it."""
    _write(output, selfcheck_bundle(rubric))
    click.echo(f"{output}: students run `grader check {output.name} their_notebook`")


@bundle.command()
@click.argument("rubric", type=RUBRIC)
@click.option("-o", "--output", type=_ZIP, default=Path("gradescope.zip"))
def gradescope(rubric: Path, output: Path) -> None:
    """Make the autograder zip that Gradescope takes, if the rubric can be graded by."""
    preflight(rubric)
    _write(output, gradescope_bundle(rubric))
    click.echo(f"{output}: upload it under Configure Autograder")


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(path, content)
