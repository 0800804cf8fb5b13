"""A submission's companions -> a private folder, and the folder gone again."""

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from grader.errors import SubmissionError
from grader.model.submission import Companion


def make_scratch(companions: Iterable[Companion]) -> Path:
    """Return a new folder, readable by its owner alone, that holds the companions."""
    folder = Path(tempfile.mkdtemp(prefix="grader-"))
    try:
        for companion in companions:
            _write(folder, companion)
    except BaseException:
        remove_scratch(folder)
        raise
    return folder


def _write(folder: Path, companion: Companion) -> None:
    name = PurePosixPath(companion.name)
    if (
        name.is_absolute()
        or ".." in name.parts
        or "\\" in companion.name
        or not name.parts
    ):
        raise SubmissionError(
            where=companion.name[:100],
            what="this file's name leads out of the submission's folder",
            mend="rename it, and hand it in again",
        )
    target = folder.joinpath(*name.parts)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(companion.content)


def refill_scratch(folder: Path, companions: Iterable[Companion]) -> None:
    """Empty the folder, and put the companions there again."""
    for name in _empty(folder):
        remove_scratch(folder / name)
    for companion in companions:
        _write(folder, companion)


def remove_scratch(folder: Path) -> None:
    """Remove the folder, whatever was left in it: locked, deep, or linked elsewhere.

    Each folder is moved up before it is emptied, so that no depth exhausts the stack
    and no path gets too long.
    """
    waiting = [folder]
    moved = 0
    while waiting:
        current = waiting.pop()
        for name in _empty(current):
            moved += 1
            target = folder.with_name(f"{folder.name}.{moved}")
            with contextlib.suppress(OSError):
                (current / name).chmod(0o700)
                (current / name).rename(target)
                waiting.append(target)
        shutil.rmtree(current, ignore_errors=True)


def _empty(folder: Path) -> list[str]:
    """Remove the files of *folder* and return the names of its folders."""
    inner = []
    with contextlib.suppress(OSError):
        folder.chmod(0o700)
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    inner.append(entry.name)
                else:
                    os.unlink(entry.path)  # noqa: PTH108 - one call less for each of many files
    return inner
