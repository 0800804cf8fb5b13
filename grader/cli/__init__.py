"""Words typed at a terminal -> one call, printed, and an exit code."""

import os
import sys
from typing import NoReturn


def main() -> NoReturn:
    """Run the command that was typed, and leave with its exit code."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # starting more takes longest
    from grader.cli.face import run  # noqa: PLC0415 - `import grader.cli` stays free

    sys.exit(run(sys.argv[1:]))
