"""`grader regrade`: a changed rubric -> who moves and by how much, then the records."""

import sys
from collections import Counter
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from grader.batch.regrading import Proposal, accept, propose_regrade
from grader.cli.arguments import OUTPUT, PHASE, RUBRIC
from grader.cli.withheld import say_withheld
from grader.export.outcomes import LOOKS
from grader.export.points import to_text
from grader.model.feedback import Phase
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
def regrade(
    rubric: Path, output: Path, *, write: bool, dry_run: bool, phase: Phase | None
) -> None:
    """Judge what was graded into OUTPUT again by RUBRIC, running nothing.

    Says first who moves and by how much. What a person settled stays as it is.
    """
    proposal = propose_regrade(rubric, output, phase=phase)
    _show(Console(), proposal)
    if dry_run:
        return
    if write or (sys.stdin.isatty() and click.confirm("write this?")):
        accept(proposal)
        click.echo(f"written: {proposal.folder.gradebook}")
        say_withheld(proposal.after)
    else:
        click.echo("nothing is written; to write it: add --write")


def _show(console: Console, proposal: Proposal) -> None:
    found = proposal.moves
    if found:
        console.print(_table(proposal))
    movers = len({move.submission for move in found})
    of = len(proposal.after.scorecards)
    click.echo(f"{movers} of {of} submissions move")
    for part, count in sorted(Counter(part for _, part in proposal.needs_run).items()):
        click.echo(
            f"part {part} of {count} submissions needs a run, and keeps its score: "
            "grade again"
        )


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
