"""`grader grade`: a class of submissions -> the gradebook on the screen and on disk."""

from collections.abc import Sequence
from itertools import groupby
from os.path import realpath
from pathlib import Path

import click
from rich.console import Console

from grader.batch.folder import OutputFolder
from grader.batch.formats import Unwritten, exporters, write_formats
from grader.batch.grading import (
    Batch,
    BatchOptions,
    Interrupted,
    grade_batch,
    was_graded_by,
)
from grader.cli.arguments import NEW_OUTPUT, PHASE, RUBRIC, SUBMISSION
from grader.cli.face import CANNOT_TELL, INTERRUPTED
from grader.cli.gradebook import say_notes
from grader.cli.progress import Bar
from grader.export.terminal import print_summary
from grader.lint.rubric import preflight
from grader.load.handed import Handed
from grader.load.intake import Layout, find_submissions
from grader.load.roster import read_roster
from grader.model.phase import Phase
from grader.model.shown import one_line
from grader.pipeline.assignment import module_paths
from grader.plugins import Plugins, discover
from grader.sandbox.confinement import ESSENTIAL, OPTIONAL

MOST_NAMED = 20  # files in one line

_WAYS = {
    "kept": "unchanged since they were graded",
    "judged": "judged again from their records",
    "ran": "run",
    "unreadable": "could not be read",
    "not-run": "could not be run",
    "lost": "failed on in the grader itself",
}


@click.command()
@click.argument("rubric", type=RUBRIC)
@click.argument("paths", nargs=-1, required=True, type=SUBMISSION)
@click.option(
    "-o",
    "--output",
    type=NEW_OUTPUT,
    default=Path("graded"),
    show_default=True,
    help="Folder for records, pages and the gradebook; grading goes on there.",
)
@click.option(
    "--layout",
    type=click.Choice([layout.value for layout in Layout]),
    default=Layout.AUTO.value,
    show_default=True,
    help="What a folder holds: a file a student, a folder a student, or one student.",
)
@click.option(
    "--roster",
    type=RUBRIC,
    help="CSV of the class: id, and if wanted name, email, extension.",
)
@click.option(
    "--require",
    multiple=True,
    type=click.Choice(sorted(ESSENTIAL | OPTIONAL)),
    help="Run nothing without this protection; may be given several times.",
)
@click.option(
    "--allow-unconfined",
    is_flag=True,
    help="Run even where the machine has no protection but a process apart.",
)
@click.option(
    "--format",
    "formats",
    multiple=True,
    help="Also write each submission as markdown, gradescope, prairielearn, autolab "
    "or coursera, or in a plug-in's format; may be given several times.",
)
@click.option(
    "--phase",
    type=PHASE,
    help="What students' pages show from now on. Without it: as told last, else by "
    "the due date.",
)
@click.option("--workers", type=click.IntRange(1, 256), help="Submissions at a time.")
@click.option("--fresh", is_flag=True, help="Run everything, whatever is on record.")
@click.pass_context
def grade(  # noqa: PLR0913 - a parameter an option
    context: click.Context,
    *,
    rubric: Path,
    paths: tuple[Path, ...],
    output: Path,
    layout: str,
    roster: Path | None,
    require: tuple[str, ...],
    allow_unconfined: bool,
    formats: tuple[str, ...],
    phase: Phase | None,
    workers: int | None,
    fresh: bool,
) -> None:
    """Grade the submissions at PATHS: files, folders, zips, a platform's download.

    A rubric or reference that cannot be graded by is told of first, every fault with
    its line, and nothing is run. Exits with 0 when every submission has its row, 2 when grading could not be done.
    """
    plugins = _plugins()
    wanted = exporters(formats, plugins.exporters)
    if fresh or not was_graded_by(rubric, OutputFolder(output)):
        preflight(rubric)
    handed = _found(paths, Layout(layout), plugins, module_paths(rubric))
    students = read_roster(roster) if roster else ()
    with Bar(Console(stderr=True)) as bar:
        options = BatchOptions(
            workers=workers or 0,
            fresh=fresh,
            require=frozenset(require),
            allow_unconfined=allow_unconfined,
            phase=phase,
            on_progress=bar.tell,
        )
        try:
            batch = grade_batch(
                rubric, handed, output=output, roster=students, options=options
            )
        except Interrupted as stopped:
            _say_stopped(stopped, output)
            context.exit(INTERRUPTED)
    failures = write_formats(batch.gradebook, OutputFolder(output), wanted)
    print_summary(Console(), batch.gradebook.scorecards)
    _say_done(batch, OutputFolder(output))
    say_notes(batch.gradebook)
    _say_untimed(batch, handed)
    _say_unwritten(failures)
    context.exit(_exit_code(batch, failures))


def _exit_code(batch: Batch, failures: Sequence[Unwritten]) -> int:
    """Return 2 for what this machine or a plug-in failed at, not the class."""
    nothing_ran = bool(batch.took) and batch.took.keys() <= {"lost", "not-run"}
    return CANNOT_TELL if nothing_ran or failures else 0


def _plugins() -> Plugins:
    """Return what is installed, and name what of it cannot be used."""
    plugins = discover()
    for fault in plugins.faults:
        click.echo(str(fault), err=True)
    return plugins


def _say_stopped(stopped: Interrupted, output: Path) -> None:
    click.echo(
        f"stopped: {stopped.done} of {stopped.of} are graded, and stay so in {output}\n"
        "  to go on: run the same command again"
    )


def _say_unwritten(failures: Sequence[Unwritten]) -> None:
    """Tell which files of a format could not be made; all others were."""
    by_format = groupby(sorted(failures), key=lambda failure: failure.format)
    for name, group in by_format:
        first, *others = group
        more = f", and for {len(others)} more" if others else ""
        click.echo(
            f"--format {name}: nothing was written for {first.submission}{more}: "
            f"{first.why}\n  to mend it: update what makes this format; all other "
            "files are written",
            err=True,
        )


def _found(
    paths: Sequence[Path], layout: Layout, plugins: Plugins, ours: frozenset[str]
) -> tuple[Handed, ...]:
    """Find the submissions, and tell what is taken for nobody's: it may be a PDF.

    *ours* are the course's own modules, which may lie beside what was handed in.
    """
    left_out: list[Path] = []
    found = find_submissions(
        paths, layout=layout, suffixes=plugins.suffixes, on_left_out=left_out.append
    )
    handed = tuple(one for one in found if realpath(one.path) not in ours)
    left_out += (one.path for one in found if realpath(one.path) in ours)
    if left_out:
        names = [one_line(path.name, limit=80) for path in left_out[:MOST_NAMED]]
        more = (
            f" and {len(left_out) - MOST_NAMED} more" if left_out[MOST_NAMED:] else ""
        )
        click.echo(f"taken for nobody's work: {', '.join(names)}{more}", err=True)
    return handed


def _say_untimed(batch: Batch, handed: Sequence[Handed]) -> None:
    """Warn that lateness is not known: files alone do not say when they were sent."""
    late = batch.gradebook.assignment.late
    if late is None or late.due is None:
        return
    marked = [one.name for one in handed if "marked-late" in one.remarks]
    if marked:
        names = ", ".join(one_line(name, limit=60) for name in marked[:MOST_NAMED])
        more = f" and {len(marked) - MOST_NAMED} more" if marked[MOST_NAMED:] else ""
        click.echo(
            f"marked late by the platform, which does not say when: {names}{more}; "
            "nothing was taken off",
            err=True,
        )
    count = sum(one.submitted is None for one in handed)
    if count:
        click.echo(
            f"without a time, and so counted as in time: {count}; a platform's "
            "download has the times",
            err=True,
        )


def _say_done(batch: Batch, folder: OutputFolder) -> None:
    ways = [
        f"{batch.took[way]} {said}" for way, said in _WAYS.items() if batch.took[way]
    ]
    click.echo(f"\n{', '.join(ways)}")
    click.echo(f"gradebook: {folder.gradebook}   pages: {folder.feedback}")
