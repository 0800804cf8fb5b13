"""A gradebook -> what its students' pages leave out for now, said to whoever grades."""

from typing import Final

import click

from grader.batch.book import Gradebook
from grader.feedback.audience import withheld
from grader.model.feedback import Phase
from grader.model.rubric import Part

_UNTIL: Final = {
    "after_due_date": f"--phase {Phase.AFTER_DUE}",
    "after_published": f"--phase {Phase.PUBLISHED}",
}


def say_withheld(gradebook: Gradebook) -> None:
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
