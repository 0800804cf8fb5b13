"""What lint finds: how bad, where, what, and how to mend it."""

from dataclasses import dataclass
from enum import StrEnum

from grader.errors import GraderError


class Level(StrEnum):
    """How bad a finding is: grading goes wrong, or it may surprise."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is wrong; *where* is `file:line: path`."""

    level: Level
    where: str
    what: str
    mend: str

    def __str__(self) -> str:
        return f"{self.level}: {self.where}: {self.what}\n  to mend it: {self.mend}"


def of_error(error: GraderError) -> Finding:
    """Make a finding of an error that stopped lint."""
    return Finding(
        level=Level.ERROR, where=error.where, what=error.what, mend=error.mend
    )
