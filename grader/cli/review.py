"""`grader review`: what waits for a person, and what the person decides."""

from fractions import Fraction
from pathlib import Path

import click

from grader.batch.folder import OutputFolder
from grader.batch.reviewing import (
    Decision,
    Waiting,
    decide,
    open_gradebook,
    waiting,
)
from grader.cli.arguments import OUTPUT, RUBRIC
from grader.model.feedback import plain
from grader.model.shown import visible

LONGEST_FAULT_CHARACTERS = 400  # its last lines say what happened; the page has it all


class Credit(click.ParamType[Fraction]):
    """A share from 0 to 1, written as 0.5 or 1/2."""

    name = "credit"

    def convert(
        self, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> Fraction:
        """Read it exactly."""
        try:
            credit = Fraction(value)
        except (ValueError, ZeroDivisionError):
            self.fail(f"{value!r} is no share; write 0.5 or 1/2", param, ctx)
        if not 0 <= credit <= 1:
            self.fail(f"{value} does not lie between 0 and 1", param, ctx)
        return credit


@click.command()
@click.argument("rubric", type=RUBRIC)
@click.argument("output", type=OUTPUT)
@click.option(
    "--settle",
    type=(str, str, Credit(), str),
    multiple=True,
    metavar="ID PART CREDIT REMARK",
    help="Settle a part (or part.answer) of a submission, with a credit from 0 to 1.",
)
def review(
    rubric: Path, output: Path, *, settle: tuple[tuple[str, str, Fraction, str], ...]
) -> None:
    """List what waits for a person in OUTPUT, with the student's own answers.

    What is settled is kept by every later `grade` and `regrade`.
    """
    decisions = [
        Decision(submission=who, place=place, credit=credit, remark=remark)
        for who, place, credit, remark in settle
    ]
    book = decide(rubric, output, decisions) if decisions else None
    book = book or open_gradebook(rubric, output)
    open_points = list(waiting(book))
    for one in open_points:
        click.echo(_told(one))
    if decisions:
        click.echo(f"settled {len(decisions)}: {OutputFolder(output).settlements}")
    click.echo(f"{len(open_points)} answers of {book.waiting} submissions wait")


def _told(one: Waiting) -> str:
    said = one.told
    lines = [f"{one.submission}  {one.part}.{said.answer}"]
    lines += [f"    {plain(sentence)}" for sentence in said.sentences]
    rows = (*said.witness, *said.evidence)
    lines += [f"    {plain(row.label)}: {row.value.text}" for row in rows]
    if said.fault:
        end = said.fault.strip()[-LONGEST_FAULT_CHARACTERS:]
        lines += [f"    | {line}" for line in visible(end).splitlines()]
    return "\n".join(lines) + "\n"
