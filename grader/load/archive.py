"""A zip -> the files in it, without unpacking anything to disk.

`zipfile` has no limits of its own: this asks for the size of its directory first, then
for every name, kind and declared size, and only then for bytes.
"""

import io
import stat
import struct
import zipfile
import zlib
from functools import partial
from typing import Final, NoReturn

from grader.errors import SubmissionError
from grader.load.entry import Entry, check_apart, check_name, is_junk

LARGEST_ARCHIVE_BYTES: Final = 128 << 20
LARGEST_DIRECTORY_BYTES: Final = 2 << 20  # some 20,000 entries
MOST_ENTRIES: Final = 4000
LARGEST_CONTENT_BYTES: Final = 256 << 20  # all files unpacked
LARGEST_RATIO: Final = 200  # unpacked to packed; text has 3 to 20
RATIO_COUNTS_FROM_BYTES: Final = 16 << 20  # a small file may well be all zeros

_END: Final = struct.Struct("<4s4H2LH")  # the end record of a zip's directory
_END_MARK: Final = b"PK\5\6"
_LONGEST_COMMENT_BYTES: Final = 65_535
_METHODS: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_ENCRYPTED: Final = 0x1
_ARCHIVES: Final = (".zip", ".tar", ".gz", ".tgz", ".7z", ".rar", ".bz2", ".xz")


def read_archive(content: bytes, *, name: str) -> tuple[Entry, ...]:
    """List the regular files of a zip, by name; nothing is unpacked yet.

    Raises:
        SubmissionError: it is no zip, or holds what no submission does.
    """
    _check_directory(content, name)
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error) as error:
        _not_a_zip(name, error)
    infos = archive.infolist()
    if len(infos) > MOST_ENTRIES:
        _refuse(name, f"the zip holds more than {MOST_ENTRIES} files")
    files = [info for info in infos if _is_wanted(info, name)]
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


def _check_directory(content: bytes, name: str) -> None:
    """Look at the end record before `zipfile` makes an object of every entry."""
    if len(content) > LARGEST_ARCHIVE_BYTES:
        _refuse(name, f"the zip has more than {LARGEST_ARCHIVE_BYTES >> 20} MiB")
    start = content.rfind(_END_MARK, -_LONGEST_COMMENT_BYTES - _END.size)
    if start < 0 or len(content) - start < _END.size:
        _not_a_zip(name)
    _, _, _, _, _, size, _, _ = _END.unpack_from(content, start)
    if size > LARGEST_DIRECTORY_BYTES:  # zip64 says 2^32 - 1 here
        _refuse(name, "the zip's directory is larger than any submission's")


def _is_wanted(info: zipfile.ZipInfo, where: str) -> bool:
    """Tell a file from a folder and from junk; refuse everything else."""
    raw = info.orig_filename
    check_name(raw.removesuffix("/"), where)
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind not in {0, stat.S_IFREG, stat.S_IFDIR}:
        _refuse(where, f"{raw} is no file but a link or a device")
    if info.is_dir() or is_junk(raw):
        return False
    if info.flag_bits & _ENCRYPTED:
        _refuse(where, f"{raw} is encrypted", "make the zip without a password")
    if info.compress_type not in _METHODS:
        _refuse(where, f"{raw} is packed in an unusual way", "make an ordinary zip")
    if raw.lower().endswith(_ARCHIVES):
        _refuse(
            where, f"{raw} is an archive inside the zip", "zip the files themselves"
        )
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
