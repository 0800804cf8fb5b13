"""Paths that staff name -> every submission in them, each with an id of its own."""

import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Final

from grader.errors import GraderError, SubmissionError
from grader.load.archive import list_archive, read_archive
from grader.load.choice import ARCHIVES, BUILT_IN_SUFFIXES, NOTEBOOKS
from grader.load.entry import DEEPEST_FOLDER, is_junk, open_regular, read_regular
from grader.load.handed import Handed
from grader.load.identity import assign_ids, look_alikes
from grader.load.platforms import METADATA, Owned, recognise
from grader.yaml.document import LARGEST_EXPORT_BYTES, read_foreign_yaml
from grader.yaml.path import Plain

MOST_LISTED: Final = 200_000  # files below one path; a class of 500 hands in 5,000


class Layout(StrEnum):
    """How a folder holds a class: sorted out by its look, or as told."""

    AUTO = "auto"
    FILES = "files"  # a file a student
    FOLDERS = "folders"  # a folder a student
    ONE = "one"  # the folder is one student's


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A submission before it has an id: *key* is the student, *label* makes the id."""

    key: str
    label: str
    handed: Handed


@dataclass(frozen=True, slots=True, kw_only=True)
class Sorting:
    """How folders are sorted out, and which endings of names files of work have.

    *tell* is told of each file that is taken for nobody's.
    """

    layout: Layout
    work: tuple[str, ...]
    tell: Callable[[Path], None]

    def is_work(self, name: str) -> bool:
        """Whether a file of this name may be handed in as work."""
        path = PurePosixPath(name)
        return path.suffix.lower() in self.work and path.stem.lower() != "readme"

    def files(self, names: Sequence[str]) -> list[str]:
        """Return the names of work that lies in the folder itself."""
        return [name for name in names if "/" not in name and self.is_work(name)]


def find_submissions(
    paths: Sequence[Path],
    *,
    layout: Layout = Layout.AUTO,
    suffixes: Sequence[str] = (),
    on_left_out: Callable[[Path], None] = lambda _: None,
) -> tuple[Handed, ...]:
    """Find what every student handed in, under *paths*.

    A path is a file, a zip, a folder of either kind, or a download of Gradescope,
    Canvas or Moodle. Of several attempts of one student the latest is kept. Files that
    end in one of *suffixes* may be work, too: those that plug-ins read. *on_left_out*
    is told of what lies among submissions and is none: a student may have handed in
    a format that nobody reads.

    Raises:
        SubmissionError: a path is not there, or holds nothing that could be work.
    """
    work = (*BUILT_IN_SUFFIXES, *suffixes)
    sort = Sorting(layout=layout, work=work, tell=on_left_out)
    found = [each for path in paths for each in _find(path, sort)]
    kept = _latest(found)
    ids = assign_ids([f.label for f in kept], apart=[f.key for f in kept])
    twins = look_alikes([each.handed.name for each in kept])
    handed = (
        replace(
            each.handed,
            id=word,
            remarks=(*each.handed.remarks, *_told(each.handed.name in twins)),
        )
        for word, each in zip(ids, kept, strict=True)
    )
    return tuple(sorted(handed, key=lambda h: h.id))


def _told(is_twin: bool) -> tuple[str, ...]:  # noqa: FBT001 - private, one caller
    return ("look-alike-name",) if is_twin else ()


def _find(path: Path, sort: Sorting) -> list[Found]:
    if path.is_dir():
        found = list(_in_folder(path, sort))
    elif path.exists():
        found = list(_in_file(path, path.stem))
    else:
        raise SubmissionError(str(path), "there is no such file", "check the path")
    if not found:
        raise SubmissionError(
            str(path),
            f"no submission is in it: no file that ends in {', '.join(sort.work)}",
            "name the folder or file that holds what was handed in",
        )
    return found


def _in_file(path: Path, name: str) -> Iterator[Found]:
    """Take a file for one student's, but a platform's zip for a class's."""
    if path.suffix.lower() in ARCHIVES:
        owned = _in_archive(path)
        if owned:
            yield from (_of(each, path) for each in owned)
            return
    yield _plain(path, name)


def _in_archive(path: Path) -> tuple[Owned, ...]:
    """Look at the names in a zip; one that is broken is one student's, and told so."""
    try:
        with open_regular(path, where=path.name) as file:
            names = list_archive(file, name=path.name)
            table = _table_among(names)
            entries = read_archive(file, name=path.name, members={table})
            return recognise(names, _people(entries[0].read) if entries else None)
    except SubmissionError:
        return ()


def _in_folder(folder: Path, sort: Sorting) -> Iterator[Found]:
    names = list(islice(_walk(folder), MOST_LISTED))
    if sort.layout is Layout.AUTO:
        owned = recognise(names, _metadata(folder, names))
        if owned:
            yield from (_of(each, folder) for each in owned)
            return
    match sort.layout if sort.layout is not Layout.AUTO else _layout(names, sort):
        case Layout.ONE:
            yield _plain(folder, PurePosixPath(os.path.realpath(folder)).name)
            return
        case Layout.FILES:
            files = sort.files(names)
            stems = Counter(PurePosixPath(name).stem.casefold() for name in files)
            for name in files:
                stem = PurePosixPath(name).stem
                alone = stems[stem.casefold()] == 1
                yield from _in_file(folder / name, stem if alone else name)
        case _:
            pass
    yield from _folders(folder, names, sort)
    for name in names:
        if "/" not in name and not sort.is_work(name) and not _explains(name):
            sort.tell(folder / name)


def _explains(name: str) -> bool:
    """Whether a file is about the submissions, and so nobody's."""
    return PurePosixPath(name).stem.lower() == "readme" or name == METADATA


def _layout(names: Sequence[str], sort: Sorting) -> Layout:
    """Guess from names: one notebook among other files is one student's work."""
    files = sort.files(names)
    if not files:
        return Layout.FOLDERS
    suffixes = [PurePosixPath(name).suffix.lower() for name in files]
    whole = sum(suffix in (*NOTEBOOKS, *ARCHIVES) for suffix in suffixes)
    return Layout.ONE if whole == 1 and len(files) > 1 else Layout.FILES


def _folders(folder: Path, names: Sequence[str], sort: Sorting) -> Iterator[Found]:
    working = {n.partition("/")[0] for n in names if "/" in n and sort.is_work(n)}
    every = {n.partition("/")[0] for n in names if "/" in n}
    # a folder without work has its row, too, unless files are the students' here
    for name in sorted(working if sort.files(names) else every):
        yield _plain(folder / name, name)


def _plain(path: Path, name: str) -> Found:
    """Take a path for one student's; nothing tells two of one name to be the same."""
    handed = Handed(id="", name=name, path=path, known_as=(name,))
    return Found(key=os.path.realpath(path), label=name, handed=handed)


def _of(owned: Owned, path: Path) -> Found:
    handed = Handed(
        id="",
        name=owned.name,
        path=path,
        members=owned.members,
        known_as=owned.known_as,
        people=owned.people,
        submitted=owned.submitted,
        remarks=owned.remarks,
    )
    return Found(key=owned.key, label=owned.key, handed=handed)


def _latest(found: Sequence[Found]) -> list[Found]:
    """Keep one submission a student: the latest by its time, else the last named."""
    kept: dict[str, Found] = {}
    for each in found:
        before = kept.get(each.key)
        if before is None or before.handed == each.handed:
            kept[each.key] = each
            continue
        later = each if not _is_before(each.handed, before.handed) else before
        remarks = dict.fromkeys((*later.handed.remarks, "several-attempts"))
        kept[each.key] = replace(
            later, handed=replace(later.handed, remarks=tuple(remarks))
        )
    return list(kept.values())


def _is_before(one: Handed, other: Handed) -> bool:
    if one.submitted is None or other.submitted is None:
        return False
    return one.submitted < other.submitted


def _metadata(folder: Path, names: Sequence[str]) -> Plain:
    table = _table_among(names)
    most = LARGEST_EXPORT_BYTES
    read = partial(read_regular, folder / table, most_bytes=most, where=table)
    return _people(read) if table else None


def _table_among(names: Sequence[str]) -> str:
    """Find where a Gradescope export says who is who; no name is empty."""
    tables = (n for n in names if PurePosixPath(n).name == METADATA)
    return next((name for name in tables if name.count("/") <= 1), "")


def _people(read: Callable[[], bytes]) -> Plain:
    """Read who is who in a Gradescope export; without it, folders keep their numbers."""
    try:
        return read_foreign_yaml(read(), name=METADATA)
    except GraderError:
        return None


def _is_our_output(folder: Path) -> bool:
    """Whether an earlier batch was graded into *folder*: its pages are no submissions."""
    return (folder / "roll.json").is_file() and (folder / "records").is_dir()


def _walk(folder: Path, prefix: str = "") -> Iterator[str]:
    """List files by name; links and junk are left out, odd names are not judged here."""
    try:
        inside = sorted(os.scandir(folder), key=lambda item: item.name)
    except OSError as error:
        if not prefix:
            raise SubmissionError(
                str(folder),
                f"it cannot be listed: {error.strerror}",
                "may you read it?",
            ) from error
        return
    for item in inside:
        name = prefix + item.name
        if is_junk(name):
            continue
        if item.is_dir(follow_symlinks=False):
            if name.count("/") < DEEPEST_FOLDER and not _is_our_output(Path(item.path)):
                yield from _walk(Path(item.path), name + "/")
        else:
            yield name
