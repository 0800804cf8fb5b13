"""A file that was handed in, before it is read: its name, its size, how to read it."""

import errno
import os
import stat
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Final

from grader.errors import SubmissionError

LONGEST_NAME_CHARACTERS: Final = 240  # a path inside the submission
DEEPEST_FOLDER: Final = 12
_JUNK_FOLDERS: Final = frozenset({"__MACOSX", "__pycache__", "venv", "node_modules"})
_JUNK_FILES: Final = frozenset({"thumbs.db", "desktop.ini"})
# Cc, Cf: controls and what turns the reading direction; Cs: bytes that are no text
_ODD: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A file by its relative name, with forward slashes; *read* takes its bytes."""

    name: str
    size: int
    read: Callable[[], bytes]

    @property
    def suffix(self) -> str:
        """The ending of its name in lower case, as `.py`."""
        return PurePosixPath(self.name).suffix.lower()

    @property
    def stem(self) -> str:
        """Its name without folders and ending, in lower case."""
        return PurePosixPath(self.name).stem.lower()


def is_junk(name: str) -> bool:
    """Tell whether a system or an editor put *name* there, not the student."""
    *folders, last = name.split("/")
    return (
        any(folder in _JUNK_FOLDERS or _is_hidden(folder) for folder in folders)
        or last in _JUNK_FOLDERS
        or _is_hidden(last)
        or last.lower() in _JUNK_FILES
    )


def _is_hidden(name: str) -> bool:
    return name.startswith(".") and not name.startswith("..") and name != "."


def check_name(name: str, where: str) -> None:
    """Refuse a name that could lead out of a folder, or look like another.

    Raises:
        SubmissionError: with the name in it, odd characters made visible.
    """
    parts = name.split("/")
    wrong = {
        "is too long": len(name) > LONGEST_NAME_CHARACTERS,
        "lies in too many folders": len(parts) > DEEPEST_FOLDER,
        "leads out of its folder": {"", ".", ".."} & set(parts),
        "holds a backslash": "\\" in name,
        "begins with a drive": name[1:2] == ":",
        "holds invisible characters": any(
            unicodedata.category(c) in _ODD for c in name
        ),
    }
    for what, found in wrong.items():
        if found:
            raise SubmissionError(
                where,
                f"the file name {shown(name)} {what}",
                "give the file a plain name and hand it in again",
            )


def check_apart(names: Iterable[str], where: str) -> None:
    """Refuse two names that some disk takes for one, and a file that is a folder too.

    Raises:
        SubmissionError: two of *names* are in each other's way.
    """
    seen: dict[str, str] = {}
    for name in names:
        folded = unicodedata.normalize("NFC", name).casefold()
        if folded in seen:
            _refuse_both(name, seen[folded], where)
        seen[folded] = name
    for folded, name in seen.items():
        for parent in PurePosixPath(folded).parents:
            if str(parent) in seen:
                _refuse_both(name, seen[str(parent)], where)


def shown(name: str) -> str:
    """Quote a name with its odd characters made visible, and not at any length."""
    return ascii(name[:LONGEST_NAME_CHARACTERS])


def readable(name: str) -> str:
    """Return a name fit to be printed: what is odd in it is made visible."""
    if all(unicodedata.category(sign) not in _ODD for sign in name):
        return name
    return ascii(name)[1:-1]


def read_regular(path: Path, *, most_bytes: int, where: str) -> bytes:
    """Read a regular file; a link, pipe or device is refused, and so is a long one.

    Raises:
        SubmissionError: it is something else, too large, or cannot be opened.
    """
    with open_regular(path, where=where) as file:
        content = file.read(most_bytes + 1)
    if len(content) > most_bytes:
        raise SubmissionError(
            where,
            f"the file has more than {most_bytes >> 20} MiB",
            "hand in your own work only, without large results in it",
        )
    return content


def open_regular(path: Path, *, where: str) -> BinaryIO:
    """Open a regular file, and nothing that only looks like one.

    Raises:
        SubmissionError: it is something else, or cannot be opened.
    """
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    flags |= getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
    try:
        descriptor = os.open(path, flags)
    except OSError as error:
        raise _not_opened(error, where) from error
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise _no_file(where)
    return os.fdopen(descriptor, "rb")


def _not_opened(error: OSError, where: str) -> SubmissionError:
    if error.errno in {errno.ELOOP, errno.ENXIO}:
        return _no_file(where)
    return SubmissionError(
        where, f"it cannot be opened: {error.strerror}", "hand the file in again"
    )


def _no_file(where: str) -> SubmissionError:
    return SubmissionError(
        where,
        "this is no file but a link, a folder, a pipe or a device",
        "hand in the file itself",
    )


def _refuse_both(one: str, other: str, where: str) -> None:
    raise SubmissionError(
        where,
        f"the names {shown(other)} and {shown(one)} are in each other's way",
        "rename one of the two and hand them in again",
    )


def plain(name: str) -> str:
    """Return a file's own name without what no folder of ours could hold."""
    odd = (unicodedata.category(sign) in _ODD or sign in "\\/" for sign in name)
    return "".join(
        "_" if is_odd else sign for sign, is_odd in zip(name, odd, strict=True)
    )
