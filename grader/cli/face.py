"""The command `grader`: which commands there are, and how each ends.

Commands are imported when they are asked for, so that help is there at once.
"""

import errno
import importlib
import os
import sys
import tempfile
import traceback
from collections.abc import Sequence
from typing import Final

import click

from grader.errors import GraderError
from grader.version import __version__

CANNOT_TELL: Final = 2
_MACHINES: Final = frozenset(
    {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
)
"""What a machine refuses for reasons of its own; any other such error is a fault."""
INTERRUPTED: Final = 130  # what shells expect after Ctrl-C

# command -> module, and the line that `grader --help` shows without importing it
COMMANDS: Final = {
    "grade": "Grade a class of submissions.",
    "check": "Check one submission before handing it in.",
    "regrade": "Judge graded submissions again, without running them.",
    "review": "List what waits for a person, and settle it.",
    "fill": "Fill the scores into a platform's own table.",
    "lint": "Find what is wrong with a rubric and its reference.",
    "schema": "Print the JSON Schema of rubrics.",
    "bundle": "Make what students and platforms get.",
    "compare": "Compare two answers, as the grader would.",
}


class Commands(click.Group):
    """A group whose commands are imported when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return their names, in the order in which one meets them."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command called *cmd_name*."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"grader.cli.{cmd_name}")
        command: click.Command = getattr(module, cmd_name)
        return command

    def format_commands(
        self, ctx: click.Context, formatter: click.HelpFormatter
    ) -> None:
        """Write the commands' lines from the table, with nothing imported."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="grader")
def grader() -> None:
    """Grade homework with real mathematics in it."""


def run(arguments: Sequence[str], command: click.Command = grader) -> int:
    """Run *command* and return its exit code: never 1 unless the command says so.

    An exit code of 1 means «an answer is wrong», so nothing that goes wrong here may
    leave with it: not a crash, not a mistyped option, not a rubric with faults.
    """
    try:
        code = command.main(list(arguments), "grader", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return CANNOT_TELL
    except GraderError as error:
        click.echo(str(error), err=True)
        return CANNOT_TELL
    except (click.Abort, KeyboardInterrupt):
        click.echo("stopped", err=True)
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return CANNOT_TELL
    except OSError as error:
        if error.errno not in _MACHINES:
            click.echo(_crashed(traceback.format_exc()), err=True)
        else:
            click.echo(_refused(error), err=True)
        return CANNOT_TELL
    except Exception:  # noqa: BLE001 - a crash must never leave with 1, «an answer is wrong»
        click.echo(_crashed(traceback.format_exc()), err=True)
        return CANNOT_TELL
    return code if isinstance(code, int) else 0


def _refused(error: OSError) -> str:
    return (
        f"{error.filename or 'the disk'}: it cannot be written or read: "
        f"{error.strerror}\n"
        "  to mend it: look whether the disk is full and whether you may write there; "
        "what is graded stays so"
    )


def _crashed(trace: str) -> str:
    last = trace.rstrip().rpartition("\n")[2]
    text = f"grader {__version__}, Python {sys.version}\n\n{trace}"
    told = f"This is a fault of the grader, not of any submission: {last}\n"
    try:
        handle, name = tempfile.mkstemp(prefix="grader-fault-", suffix=".txt")
        with os.fdopen(
            handle, "w", encoding="utf-8", errors="backslashreplace"
        ) as file:
            file.write(text)
    except OSError:  # no room for it: told here
        return f"{told}  to mend it: report it with these lines:\n{text}"
    return (
        f"{told}  to mend it: report it with the file {name}; nothing was scored by it"
    )
