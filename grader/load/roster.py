"""A CSV of the class -> who is enrolled, and who has more time."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from grader.errors import RubricError, RubricFaults, SubmissionError
from grader.load.entry import read_regular
from grader.load.handed import Handed

LARGEST_ROSTER_BYTES: Final = 4 << 20
MOST_STUDENTS: Final = 20_000
LONGEST_EXTENSION_DAYS: Final = 366
_COLUMNS: Final = ("id", "name", "email", "extension")
_ALSO: Final[Mapping[str, str]] = {
    "sid": "id",
    "student id": "id",
    "student": "name",
    "full name": "name",
    "e-mail": "email",
    "email address": "email",
}
_DURATION: Final = re.compile(
    r"\+?(\d{1,4}(?:\.\d{1,3})?) ?(h|hours?|d|days?)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolled:
    """A student of the class; *extension* is more time, *due* a date of their own."""

    id: str
    name: str = ""
    email: str = ""
    extension: timedelta = timedelta(0)
    due: datetime | None = None

    @property
    def known_as(self) -> tuple[str, ...]:
        """The words by which a submission may be found to be theirs."""
        return tuple(word for word in (self.id, self.email, self.name) if word)


def read_roster(path: Path) -> tuple[Enrolled, ...]:
    """Read a roster: columns `id`, and if wanted `name`, `email`, `extension`.

    An extension is more time (`48 h`, `2 days`) or a due date with a time zone. The
    separator may be `,` or `;`.

    Raises:
        RubricFaults: everything that is wrong with it, with its lines.
    """
    rows = _rows(path)
    header = [_column(cell) for cell in next(rows, (1, []))[1]]
    _check_header(header, path)
    enrolled: list[Enrolled] = []
    faults: list[RubricError] = []
    lines: dict[str, int] = {}
    for line, cells in rows:
        row = dict(zip(header, (cell.strip() for cell in cells), strict=False))
        try:
            student = _enrolled(row, f"{path}:{line}")
            _check_once(student, line, lines, path)
        except RubricError as fault:
            faults.append(fault)
        else:
            enrolled.append(student)
    if faults:
        raise RubricFaults(tuple(faults))
    return tuple(enrolled)


def match_roster(
    handed: Sequence[Handed], roster: Sequence[Enrolled]
) -> Mapping[str, Enrolled]:
    """Say for each submission's id who of the roster handed it in, as far as known."""
    known = _by_word(roster)
    matched = {}
    for each in handed:
        found = _find((*each.known_as, each.id), known)
        if found is not None:
            matched[each.id] = found
    return matched


def match_partners(
    handed: Sequence[Handed], roster: Sequence[Enrolled]
) -> Mapping[str, tuple[Enrolled, ...]]:
    """Say for each group's submission who else of the roster is in the group.

    Nobody is in two groups, nor in one beside a submission of their own.
    """
    known, first = _by_word(roster), match_roster(handed, roster)
    placed = {student.id for student in first.values()}
    partners: dict[str, tuple[Enrolled, ...]] = {}
    for each in handed:
        for words in each.people:
            found = _find(words, known)
            if found is not None and found.id not in placed:
                placed.add(found.id)
                partners[each.id] = (*partners.get(each.id, ()), found)
    return partners


def _by_word(roster: Sequence[Enrolled]) -> Mapping[str, Enrolled]:
    """Return who is meant by a word: an id before an address before a name.

    A name counts only where one student bears it.
    """
    known: dict[str, Enrolled] = {}
    for field in ("name", "email", "id"):
        words = [getattr(student, field).casefold() for student in roster]
        once = {word for word, number in Counter(words).items() if word and number == 1}
        known |= {w: s for w, s in zip(words, roster, strict=True) if w in once}
    return known


def _find(words: Sequence[str], known: Mapping[str, Enrolled]) -> Enrolled | None:
    spelled = (word.casefold() for word in words)
    return next((known[word] for word in spelled if word in known), None)


def _rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    try:
        content = read_regular(path, most_bytes=LARGEST_ROSTER_BYTES, where=str(path))
        text = content.decode("utf-8-sig")
    except SubmissionError as error:
        raise _fault(str(path), error.what, "check the path") from error
    except UnicodeDecodeError as error:
        raise _fault(
            str(path), "this is not UTF-8", "save the table as CSV UTF-8"
        ) from error
    if "\0" in text:
        raise _fault(str(path), "this is no text", "save the table as CSV UTF-8")
    first = text.partition("\n")[0]
    separator = ";" if first.count(";") > first.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for cells in reader:
            if reader.line_num > MOST_STUDENTS:
                raise _fault(
                    str(path),
                    f"the roster has more than {MOST_STUDENTS} lines",
                    "is this the right file?",
                )
            if any(cell.strip() for cell in cells):
                yield reader.line_num, cells
    except csv.Error as error:
        raise _fault(
            f"{path}:{reader.line_num}", f"this is no CSV: {error}", "check the quotes"
        ) from error


def _column(cell: str) -> str:
    word = cell.strip().casefold()
    return _ALSO.get(word, word)


def _check_header(header: Sequence[str], path: Path) -> None:
    """Ask for an id; columns of other names are the platform's and are left alone."""
    if "id" not in header:
        close = get_close_matches("id", header, n=1, cutoff=0.5)
        hint = f"rename {close[0]} to id" if close else "add a column id"
        raise _fault(
            f"{path}:1",
            f"no column is called id; there are: {', '.join(header) or 'none'}",
            f"{hint}; columns may be {', '.join(_COLUMNS)}",
        )
    twice = {word for word in header if word in _COLUMNS and header.count(word) > 1}
    if twice:
        raise _fault(
            f"{path}:1",
            f"two columns are called {', '.join(sorted(twice))}",
            "keep one of them",
        )


def _enrolled(row: Mapping[str, str], where: str) -> Enrolled:
    if not row.get("id"):
        raise RubricError(where, "this student has no id", "write one in the column id")
    extension, due = _extension(row.get("extension", ""), where)
    return Enrolled(
        id=row["id"],
        name=row.get("name", ""),
        email=row.get("email", ""),
        extension=extension,
        due=due,
    )


def _check_once(
    student: Enrolled, line: int, lines: dict[str, int], path: Path
) -> None:
    before = lines.setdefault(student.id.casefold(), line)
    if before != line:
        raise RubricError(
            f"{path}:{line}",
            f"the id {student.id!r} stands on line {before} already",
            "keep one line for each student",
        )


def _extension(text: str, where: str) -> tuple[timedelta, datetime | None]:
    if not text:
        return timedelta(0), None
    found = _DURATION.fullmatch(text)
    if found:
        unit = "hours" if found[2].lower().startswith("h") else "days"
        time = timedelta(**{unit: float(found[1])})
        if time <= timedelta(days=LONGEST_EXTENSION_DAYS):
            return time, None
    try:
        due = datetime.fromisoformat(text)
    except ValueError:
        due = None
    if due is None or due.tzinfo is None:
        raise RubricError(
            where,
            f"{text!r} is no extension",
            "write 48 h, 2 days, or a date with a time zone: 2026-12-13T23:59+01:00",
        )
    return timedelta(0), due


def _fault(where: str, what: str, mend: str) -> RubricFaults:
    return RubricFaults((RubricError(where, what, mend),))
