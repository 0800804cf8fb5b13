"""A zip -> the files in it, without unpacking anything to disk.

`zipfile` has no limits of its own: this asks for the size of its directory first, then
for every name, kind and declared size, and only then for bytes.
"""

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Collection
from functools import partial
from typing import BinaryIO, Final, NoReturn

from grader.errors import SubmissionError
from grader.load.entry import Entry, check_apart, check_name, is_junk

LARGEST_ARCHIVE_BYTES: Final = 128 << 20  # of one submission
LARGEST_DIRECTORY_BYTES: Final = 8 << 20  # some 80,000 entries, a class's download
MOST_FILES: Final = 2000  # of one submission
LARGEST_CONTENT_BYTES: Final = 256 << 20  # of one submission, all files unpacked
LARGEST_RATIO: Final = 200  # unpacked to packed; text has 3 to 20
RATIO_COUNTS_FROM_BYTES: Final = 16 << 20  # a small file may well be all zeros

_END: Final = struct.Struct("<4s4H2LH")  # the end record of a zip's directory
_END_MARK: Final = b"PK\5\6"
_LONGEST_COMMENT_BYTES: Final = 65_535
_METHODS: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_ENCRYPTED: Final = 0x1


def read_archive(
    file: BinaryIO, *, name: str, members: Collection[str] | None = None
) -> tuple[Entry, ...]:
    """List the regular files of a zip, by name; nothing is unpacked yet.

    An archive in the archive is a file like any other, and never opened. With *members*, those alone are looked at: one student's in a class's download.

    Raises:
        SubmissionError: it is no zip, or holds what no submission does.
    """
    archive = _open(file, name)
    infos = [
        info
        for info in archive.infolist()
        if members is None or info.orig_filename in members
    ]
    files = [info for info in infos if _is_wanted(info, name)]
    if len(files) > MOST_FILES:
        _refuse(name, f"the zip holds more than {MOST_FILES} files")
    check_apart((info.filename for info in files), name)
    _check_sizes(files, name)
    entries = (
        Entry(
            name=info.filename,
            size=info.file_size,
            read=partial(_unpack, archive, info, name),
        )
        for info in files
    )
    return tuple(sorted(entries, key=lambda entry: entry.name))


def list_archive(file: BinaryIO, *, name: str) -> tuple[str, ...]:
    """List the names in a zip as they stand there, unchecked, folders left out.

    Raises:
        SubmissionError: it is no zip.
    """
    infos = _open(file, name).infolist()
    return tuple(i.orig_filename for i in infos if not i.orig_filename.endswith("/"))


def _open(file: BinaryIO, name: str) -> zipfile.ZipFile:
    """Look at the end record before `zipfile` makes an object of every entry."""
    length = file.seek(0, io.SEEK_END)
    file.seek(max(0, length - _LONGEST_COMMENT_BYTES - _END.size))
    tail = file.read()
    start = tail.rfind(_END_MARK)
    if start < 0 or len(tail) - start < _END.size:
        _not_a_zip(name)
    _, _, _, _, _, size, _, _ = _END.unpack_from(tail, start)
    if size > LARGEST_DIRECTORY_BYTES:  # zip64 says 2^32 - 1 here
        _refuse(name, "the zip's directory is larger than any submission's")
    try:
        return zipfile.ZipFile(file)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error) as error:
        _not_a_zip(name, error)


def _is_wanted(info: zipfile.ZipInfo, where: str) -> bool:
    """Tell a file from a folder and from junk; refuse everything else."""
    raw = info.orig_filename
    if raw.endswith("/") or is_junk(raw):  # is_dir() fails on a name of NULs
        return False
    check_name(raw, where)
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind not in {0, stat.S_IFREG}:
        _refuse(where, f"{raw} is no file but a link or a device")
    if info.flag_bits & _ENCRYPTED:
        _refuse(where, f"{raw} is encrypted", "make the zip without a password")
    if info.compress_type not in _METHODS:
        _refuse(where, f"{raw} is packed in an unusual way", "make an ordinary zip")
    return True


def _check_sizes(files: list[zipfile.ZipInfo], where: str) -> None:
    unpacked = sum(info.file_size for info in files)
    packed = sum(info.compress_size for info in files)
    if unpacked > LARGEST_CONTENT_BYTES:
        _refuse(
            where, f"the zip unpacks to more than {LARGEST_CONTENT_BYTES >> 20} MiB"
        )
    if unpacked > max(RATIO_COUNTS_FROM_BYTES, LARGEST_RATIO * packed):
        _refuse(where, f"the zip unpacks to {LARGEST_RATIO} times its size and more")


def _unpack(archive: zipfile.ZipFile, info: zipfile.ZipInfo, where: str) -> bytes:
    """Take one file's bytes; more than it declares are never made."""
    try:
        with archive.open(info) as file:
            return file.read(info.file_size)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError) as error:
        raise SubmissionError(
            where,
            f"{info.filename} in the zip is damaged",
            "make the zip again, open it once to see that it works, and hand it in",
        ) from error
    except (NotImplementedError, RuntimeError, struct.error) as error:
        _not_a_zip(where, error)


def _refuse(
    where: str, what: str, mend: str = "zip the files of your own work only"
) -> NoReturn:
    raise SubmissionError(where, what, mend)


def _not_a_zip(where: str, cause: Exception | None = None) -> NoReturn:
    raise SubmissionError(
        where, "this is no zip that can be opened", "make the zip again and hand it in"
    ) from cause
