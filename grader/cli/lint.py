"""`grader lint`: a rubric -> what is wrong with it, each with how to mend it."""

from pathlib import Path

import click

from grader.cli.arguments import RUBRIC
from grader.lint.finding import Finding, Level
from grader.lint.rubric import lint as find_faults

FOUND_ERRORS = 1
_COLOURS = {Level.ERROR: "red", Level.WARNING: "yellow"}


@click.command()
@click.argument("rubric", type=RUBRIC)
@click.option("--quiet", is_flag=True, help="Say only what is wrong.")
@click.pass_context
def lint(context: click.Context, rubric: Path, *, quiet: bool) -> None:
    """Find what is wrong with RUBRIC and its reference, before students do.

    Runs the reference at every input and grades it against itself. Exits with 0 where
    no error is found, 1 where one is, 2 if it cannot tell.
    """
    findings = find_faults(rubric, on_check=_say_nothing if quiet else _tell_checked)
    for finding in findings:
        _tell(finding)
    errors = sum(finding.level is Level.ERROR for finding in findings)
    if not quiet or findings:
        warnings = len(findings) - errors
        click.echo(f"{_counted(errors, 'error')}, {_counted(warnings, 'warning')}")
    context.exit(FOUND_ERRORS if errors else 0)


def _counted(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def _tell_checked(what: str) -> None:
    click.echo(click.style("looked at ", dim=True) + what)


def _say_nothing(_: str) -> None:
    """Tell of faults alone."""


def _tell(finding: Finding) -> None:
    level = click.style(finding.level.value, fg=_COLOURS[finding.level], bold=True)
    click.echo(f"{level} {finding.where}: {finding.what}")
    click.echo(f"  to mend it: {finding.mend}")
