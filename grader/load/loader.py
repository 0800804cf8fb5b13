"""A loader that an installed package adds, and what becomes of its failures."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from grader.errors import GraderError, SubmissionError
from grader.model.submission import Block


@dataclass(frozen=True, slots=True, kw_only=True)
class Loader:
    """Reads files whose names end in one of *suffixes* as blocks; executes nothing.

    *read* is given a file's bytes and its name. Blocks of code are run in their order,
    as a notebook's cells are; blocks of text alone make a written sheet. A file that
    is broken as handed in is refused with a `SubmissionError`, in words for students.
    """

    suffixes: tuple[str, ...]
    read: Callable[[bytes, str], tuple[Block, ...]]


Loaders = Callable[[], Sequence[Loader]]
"""Returns the loaders that there are; asked only where a file is no work otherwise."""


class LoaderError(GraderError):
    """A plug-in failed on a file; whoever installed it can mend that, no student."""


def no_loaders() -> tuple[Loader, ...]:
    """Return none: only the built-in formats are read."""
    return ()


def read_plugged(loader: Loader, content: bytes, *, name: str) -> tuple[Block, ...]:
    """Have *loader* read a file.

    Raises:
        SubmissionError: it says that the file is broken as handed in.
        LoaderError: it failed in any other way, or gave something else than blocks.
    """
    try:
        blocks: tuple[object, ...] = tuple(loader.read(content, name))
    except SubmissionError:
        raise
    except Exception as error:
        raise _failed(loader, name, f"{type(error).__name__}: {error}") from error
    read = tuple(block for block in blocks if isinstance(block, Block))
    if len(read) != len(blocks):
        raise _failed(loader, name, "it gave something else than blocks")
    return read


def _failed(loader: Loader, name: str, why: str) -> LoaderError:
    suffixes = ", ".join(loader.suffixes)
    return LoaderError(
        where=name,
        what=f"the plug-in that reads {suffixes} failed on it: {why}",
        mend="update or uninstall that plug-in, and grade again",
    )
