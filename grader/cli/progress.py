"""Submissions that are done -> a bar on a terminal, a line each elsewhere."""

from types import TracebackType
from typing import Final, Self

import click
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)

from grader.batch.crew import Done

LINES_WITHOUT_TERMINAL: Final = 10
"""A log is read later: a tenth of the class a line is enough."""


class Bar:
    """Shows how far a batch is, on a terminal as a bar, else in few plain lines."""

    def __init__(
        self, console: Console, *, doing: str = "grading", done: str = "graded"
    ) -> None:
        self.console = console
        self.word = done
        self.done = 0
        self.progress = Progress(
            TextColumn(doing),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            TextColumn("{task.fields[last]}", style="dim"),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
        self.line: TaskID | None = None

    def __enter__(self) -> Self:
        self.progress.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.progress.stop()

    def tell(self, done: Done, of: int) -> None:
        """Show that one more submission is done."""
        self.done += 1
        if not self.console.is_terminal:
            if self.done * LINES_WITHOUT_TERMINAL // of > (
                (self.done - 1) * LINES_WITHOUT_TERMINAL // of
            ):
                click.echo(f"{self.word} {self.done} of {of}", err=True)
            return
        if self.line is None:
            self.line = self.progress.add_task("", total=of, last="")
        self.progress.update(self.line, completed=self.done, last=done.submission)
