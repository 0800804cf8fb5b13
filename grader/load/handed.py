"""What one student handed in, found and named but not read yet."""

import io
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path

from grader.load.archive import read_archive
from grader.load.choice import ARCHIVES
from grader.load.entry import Entry, check_name, open_regular, read_regular, readable
from grader.load.folder import LARGEST_FILE_BYTES
from grader.load.loader import Loaders, no_loaders
from grader.load.source import assemble, load
from grader.model.submission import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A file among several students' files: where it is in *path*, and its own name."""

    inside: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """One student's submission, or one group's.

    *id* is assigned here and is safe as a file name; *name* is what people call the
    student and is only ever shown. With *members*, those files of the folder or zip
    at *path* are theirs; without, all of it is. *known_as* are the platform's own
    names for them (ids, addresses), by which a roster finds them; *people* are those of
    each member of a group. *remarks* are reason codes: `several-attempts`,
    `look-alike-name`, `marked-late`.
    """

    id: str
    name: str
    path: Path
    members: tuple[Member, ...] = ()
    known_as: tuple[str, ...] = ()
    people: tuple[tuple[str, ...], ...] = ()
    submitted: datetime | None = None
    remarks: tuple[str, ...] = ()


def load_handed(
    handed: Handed, *, assignment: str = "", loaders: Loaders = no_loaders
) -> Source:
    """Take what a student handed in apart, without running any of it.

    Raises:
        SubmissionError: it cannot be read as handed in.
        LoaderError: a plug-in failed on it.
    """
    if not handed.members:
        return load(handed.path, assignment=assignment, loaders=loaders)
    if handed.path.suffix.lower() in ARCHIVES:
        entries = _in_archive(handed)
    else:
        entries = tuple(_in_folder(handed.path, member) for member in handed.members)
    name = readable(handed.name)
    return assemble(entries, name=name, assignment=assignment, loaders=loaders)


def _in_folder(folder: Path, member: Member) -> Entry:
    check_name(member.name, readable(member.name))
    path = folder / member.inside
    read = partial(read_regular, path, most_bytes=LARGEST_FILE_BYTES, where=member.name)
    return Entry(name=member.name, size=path.lstat().st_size, read=read)


def _in_archive(handed: Handed) -> tuple[Entry, ...]:
    names = {member.inside: member.name for member in handed.members}
    where = readable(handed.path.name)
    with open_regular(handed.path, where=where) as file:
        entries = read_archive(file, name=where, members=names)
        # read while the file is open: limits on one student's files hold already
        contents = [(entry, entry.read()) for entry in entries]
    return tuple(
        replace(entry, name=names[entry.name], read=io.BytesIO(content).getvalue)
        for entry, content in contents
    )
