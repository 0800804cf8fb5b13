"""Zips as people make them, and as they should not be."""

import io
import stat
import zipfile
from collections.abc import Iterable
from pathlib import Path

NOTEBOOK = (
    b'{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": ['
    b'{"cell_type": "code", "metadata": {}, "outputs": [], "source": ["x = 1"]}]}'
)


def zipped(files: Iterable[tuple[str, bytes]]) -> bytes:
    """Make a zip of names and contents, whatever the names are."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def zipped_special(name: str, kind: int) -> bytes:
    """Make a zip whose only entry says that it is a link, a pipe or a device."""
    info = zipfile.ZipInfo(name)
    info.external_attr = (kind | 0o777) << 16
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(info, "/etc/passwd")
    return buffer.getvalue()


def put(folder: Path, files: Iterable[tuple[str, bytes]]) -> Path:
    """Write files below *folder*."""
    for name, content in files:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


LINK = stat.S_IFLNK
PIPE = stat.S_IFIFO
DEVICE = stat.S_IFCHR
