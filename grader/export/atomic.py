"""Text or bytes -> a file that is there as a whole, or not at all."""

import os
import tempfile
from pathlib import Path


def write_atomically(path: Path, content: str | bytes) -> None:
    """Write *content* beside *path*, and put it there in one step.

    Whoever reads *path* while this runs, or after a power cut, finds the old file or
    the new one, never half of either.
    """
    raw = (
        content.encode("utf-8", "backslashreplace")
        if isinstance(content, str)
        else content
    )
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:50]}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(raw)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(0o644)  # mkstemp's 0600 would hide the page from a web server
        temporary.replace(path)
    except BaseException:  # an interrupted write must not leave its torso behind
        temporary.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """Make the renaming itself last, where a folder can be opened for that."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
