"""Files by name -> a zip that is the same bytes every time."""

import io
import zipfile
from collections.abc import Mapping
from typing import Final

_LONG_AGO: Final = (1980, 1, 1, 0, 0, 0)  # the earliest date that a zip can name
_READABLE: Final = 0o644
_EXECUTABLE: Final = 0o755


def to_zip(
    files: Mapping[str, bytes], *, executable: frozenset[str] = frozenset()
) -> bytes:
    """Return a zip of *files*; those in *executable* may be run."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, date_time=_LONG_AGO)
            mode = _EXECUTABLE if name in executable else _READABLE
            entry.external_attr = (0o100000 | mode) << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, files[name])
    return stream.getvalue()
