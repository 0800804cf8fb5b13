"""Words typed at a terminal -> one call, printed, and an exit code."""

import sys
from typing import NoReturn


def main() -> NoReturn:
    """Run the command that was typed, and leave with its exit code."""
    from grader.cli.face import run  # noqa: PLC0415 - `import grader.cli` stays free

    sys.exit(run(sys.argv[1:]))
