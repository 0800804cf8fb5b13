"""An exception in student code -> a short message in the student's own words.

The exception is the student's object: its text may be endless, or raise in turn.
"""

import linecache
import traceback
from types import TracebackType
from typing import Final

MOST_MESSAGE_CHARACTERS: Final = 1_000
MOST_LINE_CHARACTERS: Final = 120


def tell(error: BaseException) -> str:
    """Return the exception's type and text."""
    try:
        text = str(error)[:MOST_MESSAGE_CHARACTERS]
    except Exception:  # noqa: BLE001 - the student's own `__str__`
        text = "(its text cannot be shown)"
    name = type(error).__name__[:MOST_LINE_CHARACTERS]
    return f"{name}: {text}" if text else name


def place(error: BaseException, files: dict[str, str]) -> str:
    """Return the label and line of the student's own code that *error* came from.

    *files* maps the file names that student code was compiled under to labels.
    """
    if isinstance(error, SyntaxError) and error.filename in files:
        return f"{files[error.filename]}, line {error.lineno}"
    found = _innermost(error.__traceback__, files)
    if found is None:
        return ""
    name, line = found
    text = linecache.getline(name, line).strip()[:MOST_LINE_CHARACTERS]
    return f"{files[name]}, line {line}" + (f": {text}" if text else "")


def _innermost(
    trace: TracebackType | None, files: dict[str, str]
) -> tuple[str, int] | None:
    found = None
    for frame, line in traceback.walk_tb(trace):
        if frame.f_code.co_filename in files:
            found = frame.f_code.co_filename, line
    return found
