"""A folder -> the files in it, junk and links left out."""

import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Final

from grader.errors import SubmissionError
from grader.load.entry import (
    DEEPEST_FOLDER,
    Entry,
    check_name,
    is_junk,
    read_regular,
    readable,
)

MOST_FILES: Final = 2000
LARGEST_FILE_BYTES: Final = 64 << 20


def read_folder(folder: Path) -> tuple[Entry, ...]:
    """List the regular files under *folder*, by name.

    Links are left out: they may point anywhere.

    Raises:
        SubmissionError: it holds more than a submission does, or cannot be listed.
    """
    entries: list[Entry] = []
    where = readable(folder.name)
    for name, file in _walk(folder, "", where):
        if len(entries) >= MOST_FILES:
            raise SubmissionError(
                where,
                f"the folder holds more than {MOST_FILES} files",
                "hand in your own work only",
            )
        check_name(name, where)
        entries.append(
            Entry(
                name=name,
                size=file.stat(follow_symlinks=False).st_size,
                read=partial(
                    read_regular,
                    Path(file.path),
                    most_bytes=LARGEST_FILE_BYTES,
                    where=name,
                ),
            )
        )
    return tuple(sorted(entries, key=lambda entry: entry.name))


def _walk(
    folder: Path, prefix: str, where: str
) -> Iterator[tuple[str, os.DirEntry[str]]]:
    try:
        inside = list(os.scandir(folder))
    except OSError as error:
        raise SubmissionError(
            where, f"the folder cannot be listed: {error.strerror}", "hand it in again"
        ) from error
    for item in inside:
        name = prefix + item.name
        if is_junk(name):
            continue
        if item.is_file(follow_symlinks=False):
            yield name, item
        elif item.is_dir(follow_symlinks=False) and name.count("/") < DEEPEST_FOLDER:
            yield from _walk(Path(item.path), name + "/", where)
