"""`grader fill`: scores that are final, in the table that a platform takes."""

from collections.abc import Mapping
from pathlib import Path

import click

from grader.batch.book import Gradebook
from grader.batch.folder import OutputFolder
from grader.batch.reviewing import open_gradebook
from grader.batch.roll import RollRow, read_roll
from grader.cli.arguments import OUTPUT, RUBRIC
from grader.errors import SubmissionError
from grader.export import brightspace, canvas, moodle
from grader.export.atomic import write_atomically
from grader.export.roll import Filled, is_final
from grader.load.entry import read_regular
from grader.model.shown import one_line

LARGEST_TABLE_BYTES = 32 << 20
MOST_NAMED = 20
_TABLE = click.Path(exists=True, dir_okay=False, path_type=Path)
_NEW_TABLE = click.Path(dir_okay=False, path_type=Path)


@click.group()
def fill() -> None:
    """Fill the scores that are final into a platform's own table.

    What waits for a person is left out, and so is who handed nothing in.
    """


@fill.command(name="canvas")
@click.argument("rubric", type=RUBRIC)
@click.argument("output", type=OUTPUT)
@click.argument("table", type=_TABLE)
@click.option("--column", required=True, help="As its header says: `Homework (4711)`.")
@click.option("-o", "--into", type=_NEW_TABLE, default=Path("canvas.csv"))
def fill_canvas(
    rubric: Path, output: Path, table: Path, *, column: str, into: Path
) -> None:
    """Fill TABLE, the gradebook that Canvas exports, from the grades in OUTPUT."""
    book, rows = _opened(rubric, output)
    cards = book.scorecards
    text = _read(table)
    filled = canvas.fill(text, cards, column=column, others=_names(rows))
    _write(into, filled, book)


@fill.command(name="moodle")
@click.argument("rubric", type=RUBRIC)
@click.argument("output", type=OUTPUT)
@click.argument("table", type=_TABLE)
@click.option("--column", default="Grade", show_default=True, help="Of the grade.")
@click.option("-o", "--into", type=_NEW_TABLE, default=Path("moodle.csv"))
def fill_moodle(
    rubric: Path, output: Path, table: Path, *, column: str, into: Path
) -> None:
    """Fill TABLE, Moodle's offline grading worksheet, from the grades in OUTPUT."""
    book, rows = _opened(rubric, output)
    columns = moodle.Columns(grade=column)
    text, others = _read(table), _names(rows)
    _write(
        into, moodle.fill(text, book.scorecards, columns=columns, others=others), book
    )


@fill.command(name="brightspace")
@click.argument("rubric", type=RUBRIC)
@click.argument("output", type=OUTPUT)
@click.option("--column", required=True, help="The grade item's name.")
@click.option("-o", "--into", type=_NEW_TABLE, default=Path("brightspace.csv"))
def fill_brightspace(rubric: Path, output: Path, *, column: str, into: Path) -> None:
    """Make the table that Brightspace imports; ids are the roster's."""
    book, rows = _opened(rubric, output)
    ids = {row.submission: row.student_id for row in rows}
    _write(into, brightspace.to_table(book.scorecards, item=column, ids=ids), book)


def _opened(rubric: Path, output: Path) -> tuple[Gradebook, tuple[RollRow, ...]]:
    return open_gradebook(rubric, output), read_roll(OutputFolder(output).roll)


def _names(rows: tuple[RollRow, ...]) -> Mapping[str, tuple[str, ...]]:
    """Return by submission what a platform may call it: the roster's id comes first."""
    return {row.submission: (row.student_id, *row.known_as) for row in rows}


def _read(table: Path) -> str:
    content = read_regular(table, most_bytes=LARGEST_TABLE_BYTES, where=str(table))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SubmissionError(
            where=str(table),
            what="this is not UTF-8",
            mend="download it from the platform again, and leave it as it is",
        ) from error


def _write(path: Path, filled: Filled, book: Gradebook) -> None:
    """Write the table, and name everybody who was graded and has no row in it."""
    write_atomically(path, filled.table)
    click.echo(f"{path}: filled {len(filled.submissions)}")
    waiting = [card.submission for card in book.scorecards if card.waiting]
    final = [card.submission for card in book.scorecards if is_final(card)]
    unknown = [name for name in final if name not in filled.submissions]
    for why, names in (("still waits", waiting), ("no row is theirs", unknown)):
        if names:
            more = f" and {len(names) - MOST_NAMED} more" if names[MOST_NAMED:] else ""
            told = ", ".join(one_line(name, limit=60) for name in names[:MOST_NAMED])
            click.echo(f"left out, {why}: {told}{more}", err=True)
