"""A rubric, its reference, this machine -> digests that say whether grading is due."""

import hashlib
import platform
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

from grader.model.rubric import Assignment, RunLimits
from grader.rubric.reader import reference_path, rubric_digest
from grader.version import __version__

# what a submission's numbers come from, as far as students use it
_PACKAGES: Final = ("numpy", "scipy", "sympy", "torch", "ipython", "matplotlib")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fingerprint:
    """What a record has to rest on to be up to date."""

    grader_version: str
    rubric: str
    reference: str
    environment: str


def fingerprint(assignment: Assignment, rubric_path: Path) -> Fingerprint:
    """Return what a record made now rests on.

    Raises:
        RubricFaults: there is no reference.
    """
    reference = reference_path(assignment, rubric_path).read_bytes()
    return Fingerprint(
        grader_version=__version__,
        rubric=rubric_digest(assignment, rubric_path),
        reference=hashlib.sha256(reference).hexdigest(),
        environment=environment_digest(assignment.run),
    )


def environment_digest(limits: RunLimits) -> str:
    """Hash what a run's answers depend on beside the submission itself."""
    lines = [
        platform.python_version(),
        platform.machine(),
        limits.model_dump_json(),
        *(f"{name} {_installed(name)}" for name in (*_PACKAGES, *limits.imports)),
    ]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "absent"
