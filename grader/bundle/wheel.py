"""The grader that runs here -> a wheel of it, with no source checkout and no network."""

import base64
import hashlib
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Final

import grader
from grader.bundle.archive import to_zip
from grader.errors import SandboxError
from grader.version import __version__

DISTRIBUTION: Final = "mathgrader"
WHEEL_NAME: Final = f"{DISTRIBUTION}-{__version__}-py3-none-any.whl"

_TAGS: Final = """\
Wheel-Version: 1.0
Generator: grader
Root-Is-Purelib: true
Tag: py3-none-any
"""
_COPIED: Final = ("METADATA", "entry_points.txt")


def build_wheel() -> bytes:
    """Return a wheel of the package that is running, as it is installed.

    Raises:
        SandboxError: the package is not installed, so that nobody knows what it needs.
    """
    installed = _installed()
    inside = f"{DISTRIBUTION}-{__version__}.dist-info"
    files = dict(_package(Path(grader.__file__).parent))
    for name in _COPIED:
        files[f"{inside}/{name}"] = (installed.read_text(name) or "").encode()
    files[f"{inside}/WHEEL"] = _TAGS.encode()
    record = f"{inside}/RECORD"
    files[record] = _record(files, record).encode()
    return to_zip(files)


def pinned_requirements(extras: tuple[str, ...] = ("notebook",)) -> str:
    """Return what the grader and *extras* need, in the versions that run here."""
    pins: dict[str, str] = {}
    waiting = [DISTRIBUTION]
    while waiting:
        name = waiting.pop()
        try:
            found = distribution(name)
        except PackageNotFoundError:
            continue  # of another platform, or of an extra that is not installed
        for requirement in found.requires or ():
            needed = _name(requirement)
            if needed not in pins and _is_wanted(requirement, extras):
                pins[needed] = _version(needed)
                waiting.append(needed)
    return "".join(f"{name}=={pins[name]}\n" for name in sorted(pins) if pins[name])


def _installed() -> Distribution:
    try:
        return distribution(DISTRIBUTION)
    except PackageNotFoundError as error:
        raise SandboxError(
            where=DISTRIBUTION,
            what="the grader runs from a folder and is not installed",
            mend="install it with `python -m pip install .`, then make the bundle again",
        ) from error


def _package(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            name = f"{folder.name}/{path.relative_to(folder).as_posix()}"
            yield name, path.read_bytes()


def _record(files: dict[str, bytes], own: str) -> str:
    lines = [f"{name},{_digest(files[name])},{len(files[name])}" for name in files]
    return "\n".join([*lines, f"{own},,"]) + "\n"


def _digest(content: bytes) -> str:
    raw = base64.urlsafe_b64encode(hashlib.sha256(content).digest())
    return f"sha256={raw.rstrip(b'=').decode()}"


def _name(requirement: str) -> str:
    """Return the project that a requirement names: its first word, normalised."""
    word = ""
    for character in requirement:
        if not (character.isalnum() or character in "-_."):
            break
        word += character
    return word.lower().replace("_", "-").replace(".", "-")


def _is_wanted(requirement: str, extras: tuple[str, ...]) -> bool:
    """Take what is always needed, and what *extras* need."""
    marker = requirement.partition(";")[2]
    return "extra" not in marker or any(extra in marker for extra in extras)


def _version(name: str) -> str:
    try:
        return distribution(name).version
    except PackageNotFoundError:
        return ""
