"""Bytes of a Python file -> its text, by the encoding that it declares.

The text is not parsed here: that is left to the process that runs it.
"""

import codecs
import re
from typing import Final

from grader.errors import SubmissionError

LARGEST_MODULE_BYTES: Final = 4 << 20  # what people write has 50 kB

_BLANK: Final = re.compile(rb"[ \t\f]*(?:#[^\r\n]*)?")
_DECLARED: Final = re.compile(rb"[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")
# Codecs that Python accepts in a source file but that are no text encodings, or that
# execute what looks like a comment (`unicode_escape`), are not among these.
_ENCODINGS: Final = frozenset(
    {"utf-8", "ascii", "iso8859-1", "iso8859-15", "cp1252", "mac-roman", "gbk"}
    | {"gb18030", "big5", "shift_jis", "euc_jp", "euc_kr", "koi8-r", "cp1251"}
)


def read_module(content: bytes, *, name: str) -> str:
    """Decode a Python source file as PEP 263 says.

    Raises:
        SubmissionError: it is no text, or too large for something people write.
    """
    if len(content) > LARGEST_MODULE_BYTES:
        raise SubmissionError(
            name,
            f"the file has more than {LARGEST_MODULE_BYTES >> 20} MiB",
            "hand in the code you wrote, without tables of numbers in it",
        )
    encoding = _encoding(content, name)
    try:
        text = content.removeprefix(codecs.BOM_UTF8).decode(encoding)
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise SubmissionError(
            f"{name}:{line}",
            f"byte 0x{content[error.start]:02x} is not {encoding}",
            "save the file as UTF-8 text",
        ) from error
    if "\0" in text:
        raise SubmissionError(
            name, "the file holds bytes that are no text", "hand in Python source"
        )
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _encoding(content: bytes, name: str) -> str:
    declared = _declared(content)
    if declared is None or content.startswith(codecs.BOM_UTF8):
        return "utf-8"
    try:
        encoding = codecs.lookup(declared).name
    except (LookupError, ValueError):
        encoding = ""
    if encoding not in _ENCODINGS:
        raise SubmissionError(
            name,
            f"the file declares the encoding {declared!r}, which is not read",
            "save the file as UTF-8 text, and take the declaration out",
        )
    return encoding


def _declared(content: bytes) -> str | None:
    """Return the encoding declared in the first two lines, the first one blank."""
    for line in re.split(rb"\r\n|\r|\n", content[:1000], maxsplit=2)[:2]:
        found = _DECLARED.match(line)
        if found:
            return found[1].decode("ascii", "replace")
        if not _BLANK.fullmatch(line):
            return None
    return None
