"""A gradebook -> what whoever grades should know of it: parts withheld, words lost."""

from typing import Final

import click

from grader.batch.book import Gradebook
from grader.feedback.audience import withheld
from grader.model.phase import Phase
from grader.model.rubric import Part
from grader.model.shown import one_line

_UNTIL: Final = {
    "after_due_date": f"--phase {Phase.AFTER_DUE}",
    "after_published": f"--phase {Phase.PUBLISHED}",
}


def say_notes(gradebook: Gradebook) -> None:
    """Say which parts students' pages withhold, and which settlements go by nothing."""
    _say_withheld(gradebook)
    for submission, part, answer in gradebook.idle:
        place = one_line(f"{submission} {part}.{answer}")
        click.echo(
            f"settled, but no such part is there now: {place}; it stays in "
            "settlements.yaml, and earns nothing till then",
            err=True,
        )


def _say_withheld(gradebook: Gradebook) -> None:
    """Say which parts students' pages withhold, and what would show them."""
    closed = withheld(gradebook.assignment, gradebook.phase)
    for visibility, told in _UNTIL.items():
        parts = [part for part in closed if part.visibility == visibility]
        if parts:
            click.echo(f"not on students' pages yet: {_named(parts)} (to show: {told})")
    never = [part for part in closed if part.visibility == "hidden"]
    if never:
        click.echo(f"never on students' pages: {_named(never)}")


def _named(parts: list[Part]) -> str:
    return ", ".join(part.id for part in parts)
