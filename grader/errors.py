"""Errors, sorted by who can mend them."""

from typing import final


class GraderError(Exception):
    """Grading cannot go on: *where* it stopped, *what* is wrong, how to *mend* it."""

    def __init__(self, where: str, what: str, mend: str) -> None:
        super().__init__(where, what, mend)  # positional, so that it survives pickling
        self.where = where
        self.what = what
        self.mend = mend

    def __str__(self) -> str:
        return f"{self.where}: {self.what}\n  to mend it: {self.mend}"


class RubricError(GraderError):
    """The rubric or a reference is wrong; course staff can mend it."""


@final
class RubricFaults(RubricError):
    """Every fault of a rubric at once, each an error of its own."""

    def __init__(self, faults: tuple[RubricError, ...]) -> None:
        first = faults[0]
        super().__init__(first.where, first.what, first.mend)
        self.faults = faults

    def __reduce__(self) -> tuple[type, tuple[tuple[RubricError, ...]]]:
        return type(self), (self.faults,)

    def __str__(self) -> str:
        return "\n".join(str(fault) for fault in self.faults)


class SubmissionError(GraderError):
    """The files cannot be read as handed in; the student can mend them."""


class SandboxError(GraderError):
    """A process that runs code could not be set up; whoever runs the grader can mend it."""
