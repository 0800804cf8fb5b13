"""What was handed in -> a zygote that imports already, while a rubric is still read.

Reading a rubric takes as long as importing half of what most work needs, and neither
waits for the other. This module loads little, so that it can be the first thing done.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from grader.sandbox.imports import glanced_imports
from grader.sandbox.zygote import Zygote, can_fork


@contextmanager
def begun_for(submission: Path) -> Iterator[Zygote | None]:
    """Begin a zygote for one submission; None where it cannot be told what for."""
    imports = glanced_imports(submission) if can_fork() else ()
    if not imports:
        yield None
        return
    with Zygote(imports, is_warm=False) as zygote:
        zygote.begin()
        yield zygote
