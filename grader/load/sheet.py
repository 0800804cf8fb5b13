"""Bytes of a written sheet (Markdown, LaTeX, plain text) -> its text."""

import codecs
import re
from typing import Final

from grader.errors import SubmissionError

LARGEST_SHEET_BYTES: Final = 4 << 20
_UTF_16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_CONTROL: Final = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")  # in no text
_BODY: Final = re.compile(
    r"\\begin\s*\{document\}(.*?)(?:\\end\s*\{document\}|\Z)", re.DOTALL
)


def _decoded(content: bytes, *, name: str) -> str:
    """Decode as UTF-8, else as what editors of old write: the formulas are the same.

    Raises:
        SubmissionError: it is no text in any of them.
    """
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        old = "utf-16" if content.startswith(_UTF_16) else "cp1252"
        try:
            text = content.decode(old)
        except UnicodeDecodeError:
            text = "\0"
        if _CONTROL.search(text) is None:
            return text
        line = content[: error.start].count(b"\n") + 1
        raise SubmissionError(
            f"{name}:{line}",
            f"byte 0x{content[error.start]:02x} is not UTF-8",
            "save the file as UTF-8 text",
        ) from error


def read_sheet(content: bytes, *, name: str) -> str:
    r"""Decode a sheet; of LaTeX, what stands in its `document` if it has one.

    Raises:
        SubmissionError: it is no text, or too large for something people write.
    """
    if len(content) > LARGEST_SHEET_BYTES:
        raise SubmissionError(
            name,
            f"the file has more than {LARGEST_SHEET_BYTES >> 20} MiB",
            "hand in the text you wrote, pictures apart",
        )
    text = _decoded(content, name=name)
    body = _BODY.search(text) if name.lower().endswith(".tex") else None
    if body is not None:  # the lines before it stay, so that a line keeps its number
        text = "\n" * text.count("\n", 0, body.start(1)) + body[1]
    return text.replace("\r\n", "\n").replace("\r", "\n")
