"""`grader schema`: the JSON Schema of rubrics, for editors."""

import json

import click

from grader.rubric.schema import json_schema


@click.command()
def schema() -> None:
    """Print the JSON Schema of rubrics, which editors complete and check with."""
    click.echo(json.dumps(json_schema(), indent=2, ensure_ascii=False))
