"""Who handed in what, and when <-> roll.json, so that a regrade knows it as well."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from grader.errors import GraderError
from grader.export.atomic import write_atomically
from grader.export.codec import Json, Misfit, decode, encode

ROLL_VERSION: Final = 1
_ADDED: Final[dict[str, Json]] = {
    "shares": "",
    "known_as": [],
}  # to rows since the first rolls
LARGEST_ROLL_BYTES: Final = 16 * 2**20  # a row takes some 300 bytes


class RollError(GraderError):
    """The roll of an output folder cannot be read; grading again mends it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RollRow:
    """One row of the class: a submission, or a student who handed nothing in.

    *path* is empty for the latter, and for a member of a group, who *shares* another
    row's submission. *submitted* is when the platform took it; the
    student has *extension_seconds* more time, or a *due* date of their own.
    *student_id* is the roster's, and *known_as* are the platform's names for them.
    """

    submission: str
    path: str = ""
    shares: str = ""
    student_id: str = ""
    student_name: str = ""
    submitted: datetime | None = None
    extension_seconds: int = 0
    due: datetime | None = None
    known_as: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def record(self) -> str:
        """The submission whose record counts for this row."""
        return self.shares or self.submission

    def extension(self, due: datetime | None) -> timedelta:
        """Return how much later than *due* the student may hand in."""
        if self.due is not None and due is not None:
            return self.due - due
        return timedelta(seconds=self.extension_seconds)


def write_roll(path: Path, rows: Iterable[RollRow]) -> None:
    """Write *rows* to *path*, by submission."""
    ordered = sorted(rows, key=lambda row: row.submission)
    content = {"roll": ROLL_VERSION, "rows": [encode(row) for row in ordered]}
    write_atomically(path, json.dumps(content, indent=1) + "\n")


def read_roll(path: Path) -> tuple[RollRow, ...]:
    """Read the roll at *path*; there is nobody on one that does not exist.

    Raises:
        RollError: it cannot be read.
    """
    if not path.exists():
        return ()
    try:
        with path.open("rb") as file:
            content = json.loads(file.read(LARGEST_ROLL_BYTES))
        if not isinstance(content, dict) or content.get("roll") != ROLL_VERSION:
            raise Misfit("it is not a roll that this grader knows")
        full = [_whole(row) for row in content.get("rows") or ()]
        rows: tuple[RollRow, ...] = decode(tuple[RollRow, ...], full)
    except (OSError, ValueError) as error:
        raise RollError(
            where=str(path),
            what=f"the list of submissions cannot be read: {error}",
            mend="delete it and run `grader grade` again",
        ) from error
    return rows


def _whole(row: Json) -> Json:
    return {**_ADDED, **row} if isinstance(row, dict) else row


def joined(before: Iterable[RollRow], now: Iterable[RollRow]) -> tuple[RollRow, ...]:
    """Return the class after *now* came in; a later row stands for an earlier one.

    What a roster once said of a student stays until another roster is given: nobody
    loses an extension because a command was typed without one.
    """
    rows = {row.submission: row for row in before}
    for row in now:
        rows[row.submission] = _keeping(rows.get(row.submission), row)
    return tuple(rows[key] for key in sorted(rows))


def _keeping(old: RollRow | None, new: RollRow) -> RollRow:
    if old is None or new.student_id or not old.student_id:
        return new
    return replace(
        new,
        student_id=old.student_id,
        student_name=old.student_name,
        extension_seconds=old.extension_seconds,
        due=old.due,
    )
