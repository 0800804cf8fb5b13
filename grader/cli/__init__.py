"""Words typed at a terminal -> one call, printed, and an exit code."""

import gc
import os
import sys
from typing import Final, NoReturn

# what importing makes stays: looking through it for garbage is a tenth of a start
_OBJECTS_BETWEEN_LOOKS: Final = 100_000


def main() -> NoReturn:
    """Run the command that was typed, and leave with its exit code."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # starting more takes longest
    # pydantic's have nothing to say of rubrics, and are looked for in every package
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    gc.set_threshold(_OBJECTS_BETWEEN_LOOKS)
    from grader.cli.face import run  # noqa: PLC0415 - `import grader.cli` stays free

    try:
        sys.exit(run(sys.argv[1:]))
    finally:
        gc.freeze()  # nor is it looked through on the way out
