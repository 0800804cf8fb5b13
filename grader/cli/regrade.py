"""`grader regrade`: a changed rubric -> who moves and by how much, then the records."""

import sys
from collections import Counter
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from grader.batch.attending import NO_RECORD
from grader.batch.crew import Done
from grader.batch.regrading import Proposal, RegradeOptions, accept, propose_regrade
from grader.cli.arguments import OUTPUT, PHASE, RUBRIC
from grader.cli.face import CANNOT_TELL
from grader.cli.gradebook import say_notes
from grader.cli.progress import Bar
from grader.export.outcomes import LOOKS
from grader.export.points import to_text
from grader.model.phase import Phase
from grader.model.shown import one_line
from grader.model.verdict import Outcome


@click.command()
@click.argument("rubric", type=RUBRIC)
@click.argument("output", type=OUTPUT)
@click.option("--write", is_flag=True, help="Write without asking.")
@click.option("--dry-run", is_flag=True, help="Show who would move, and write nothing.")
@click.option(
    "--phase",
    type=PHASE,
    help="What students' pages show from now on, once this is written.",
)
@click.option("--workers", type=click.IntRange(1, 256), help="Records at a time.")
@click.pass_context
def regrade(  # noqa: PLR0913 - a parameter an option
    context: click.Context,
    *,
    rubric: Path,
    output: Path,
    write: bool,
    dry_run: bool,
    phase: Phase | None,
    workers: int | None,
) -> None:
    """Judge what was graded into OUTPUT again by RUBRIC, running nothing.

    Says first who moves and by how much. What a person settled stays as it is. Exits
    with 0, or with 2 where the grader itself failed on a record, which stays as it is.
    """
    with Bar(Console(stderr=True), doing="judging", done="judged") as bar:
        options = RegradeOptions(
            workers=workers or 0, phase=phase, on_progress=bar.tell
        )
        proposal = propose_regrade(rubric, output, options=options)
    _show(Console(), proposal)
    say_notes(proposal.after)
    if not dry_run:
        _decide(proposal, write=write)
    context.exit(CANNOT_TELL if proposal.lost else 0)


def _decide(proposal: Proposal, *, write: bool) -> None:
    if write or (sys.stdin.isatty() and click.confirm("write this?")):
        accept(proposal)
        click.echo(f"written: {proposal.folder.gradebook}")
    else:
        click.echo("nothing is written; to write it: add --write")


def _show(console: Console, proposal: Proposal) -> None:
    found = proposal.moves
    if found:
        console.print(_table(proposal))
    movers = len({move.submission for move in found})
    of = len(proposal.after.scorecards)
    click.echo(f"{movers} of {of} submissions move")
    for lost in proposal.lost:
        click.echo(_lost(lost), err=True)
    for part, count in sorted(Counter(part for _, part in proposal.needs_run).items()):
        click.echo(
            f"part {part} of {count} submissions needs a run, and keeps its score: "
            "grade again"
        )


def _lost(done: Done) -> str:
    if done.did == NO_RECORD:
        return f"{done.submission}: its record is damaged: grade it again"
    last = one_line(done.fault.rstrip().rpartition("\n")[2])
    return f"{done.submission} keeps its score: the grader itself failed on it: {last}"


def _table(proposal: Proposal) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for name in ("submission", "part"):
        table.add_column(name, overflow="fold")
    for name in ("before", "after", "by"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("", no_wrap=True)
    for move in proposal.moves:
        sign = "+" if move.by > 0 else ""
        table.add_row(
            one_line(move.submission, limit=60),
            move.part,
            to_text(move.before),
            to_text(move.after),
            f"{sign}{to_text(move.by)}",
            f"{_word(move.was)} → {_word(move.now)}",
        )
    return table


def _word(outcome: Outcome | None) -> str:
    return "not there" if outcome is None else LOOKS[outcome].word
