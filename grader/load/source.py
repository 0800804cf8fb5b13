"""A file, folder or zip -> Source: blocks in order, and what lay beside."""

import hashlib
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from grader.errors import SubmissionError
from grader.load.archive import LARGEST_ARCHIVE_BYTES, read_archive
from grader.load.choice import (
    ARCHIVES,
    MODULES,
    NOTEBOOKS,
    SHEETS,
    Main,
    by_suffix,
    choose,
    choose_plugged,
    sheets_among,
)
from grader.load.entry import Entry, check_apart, plain, read_regular, readable
from grader.load.folder import LARGEST_FILE_BYTES, read_folder
from grader.load.loader import Loader, Loaders, no_loaders, read_plugged
from grader.load.module import read_module
from grader.load.notebook import OLD_FORMAT, read_notebook
from grader.load.sheet import read_sheet
from grader.model.submission import Block, BlockKind, Companion, Form, Source

MOST_COMPANIONS: Final = 200
LARGEST_COMPANIONS_BYTES: Final = 32 << 20  # of all together; the worker gets copies


def load(path: Path, *, assignment: str = "", loaders: Loaders = no_loaders) -> Source:
    """Take a submission apart without running any of it.

    *assignment* is the name that its main file may have among several modules;
    *loaders* are those of plug-ins.

    Raises:
        SubmissionError: it cannot be read as handed in; its words are the student's.
        LoaderError: a plug-in failed on it.
    """
    name = readable(path.name)
    return assemble(entries_of(path), name=name, assignment=assignment, loaders=loaders)


def entries_of(path: Path) -> tuple[Entry, ...]:
    """List the files of a submission: one, those of a folder, or those of a zip.

    Raises:
        SubmissionError: they cannot be listed.
    """
    if path.is_dir():
        return read_folder(path)
    name = readable(path.name)
    is_archive = path.suffix.lower() in ARCHIVES
    largest = LARGEST_ARCHIVE_BYTES if is_archive else LARGEST_FILE_BYTES
    content = read_regular(path, most_bytes=largest, where=name)
    return (Entry(name=plain(path.name), size=len(content), read=lambda: content),)


def _unpacked(entries: Sequence[Entry]) -> Sequence[Entry]:
    """Look into a zip where there is no other work; once, and no deeper."""
    zips = by_suffix(entries, ARCHIVES)
    if len(zips) != 1 or by_suffix(entries, (*NOTEBOOKS, *MODULES, *SHEETS)):
        return entries
    return read_archive(io.BytesIO(zips[0].read()), name=zips[0].name)


def assemble(
    entries: Sequence[Entry],
    *,
    name: str,
    assignment: str = "",
    loaders: Loaders = no_loaders,
) -> Source:
    """Make one Source of a submission's files.

    Raises:
        SubmissionError: none of them holds work that can be read, or one is broken.
        LoaderError: a plug-in failed on one.
    """
    if choose_plugged(entries, loaders) is None:
        entries = _unpacked(entries)
    entries = _from_common_folder(entries)
    check_apart((entry.name for entry in entries), name)
    main = choose_plugged(entries, loaders) or choose(entries, name, assignment.lower())
    beside = [entry for entry in entries if entry not in main.entries]
    sheets = [] if main.form is Form.SHEET else sheets_among(beside)
    companions, left_out = _companions(_from_folder_of(main, beside))
    taken = [
        *_readable(main.entries, loader=main.loader),
        *_readable(sheets, needed=False),
    ]
    blocks = tuple(block for file in taken for block in file.blocks)
    return Source(
        name=plain(name),
        form=_form(main, blocks),
        blocks=blocks,
        companions=companions,
        remarks=tuple(
            dict.fromkeys(
                (*main.remarks, *(r for file in taken for r in file.remarks), *left_out)
            )
        ),
        digest=_digest(entries, taken, companions),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What was taken out of one file."""

    name: str
    blocks: tuple[Block, ...]
    sha256: bytes = b""
    remarks: tuple[str, ...] = ()


def _from_common_folder(entries: Sequence[Entry]) -> Sequence[Entry]:
    """Name files from the folder that all lie in: a zip often holds a single one."""
    while entries:
        folder, slash, _ = entries[0].name.partition("/")
        if not slash or any(not e.name.startswith(folder + slash) for e in entries):
            break
        prefix = folder + slash
        entries = [replace(e, name=e.name.removeprefix(prefix)) for e in entries]
    return entries


def _form(main: Main, blocks: Iterable[Block]) -> Form:
    """Say what kind of work it is; what a plug-in reads may hold no code at all."""
    if main.loader is None or any(block.kind is BlockKind.CODE for block in blocks):
        return main.form
    return Form.SHEET


def _companions(
    beside: Iterable[Entry],
) -> tuple[tuple[Companion, ...], tuple[str, ...]]:
    """Take along the small files first, as many as the limits let through."""
    taken: list[Companion] = []
    left = LARGEST_COMPANIONS_BYTES
    for entry in sorted(beside, key=lambda e: (e.size, e.name)):
        if len(taken) == MOST_COMPANIONS or entry.size > left:
            return tuple(taken), ("files-left-out",)
        content = entry.read()
        left -= len(content)
        taken.append(Companion(name=entry.name, content=content))
    return tuple(sorted(taken, key=lambda c: c.name)), ()


def _taken(entry: Entry, *, several: bool, loader: Loader | None) -> Taken:
    """Read one file's blocks; among *several*, labels begin with the file's name."""
    content = entry.read()
    remarks: tuple[str, ...] = ()
    prefix = f"{entry.name} " if several else ""
    if loader is not None:
        blocks = read_plugged(loader, content, name=entry.name)
        blocks = tuple(replace(b, label=prefix + b.label) for b in blocks)
    elif entry.suffix in NOTEBOOKS:
        blocks, version = read_notebook(content, name=entry.name)
        blocks = tuple(replace(b, label=prefix + b.label) for b in blocks)
        remarks = ("nbformat-3",) if version == OLD_FORMAT else ()
    elif entry.suffix in MODULES:
        text = read_module(content, name=entry.name)
        blocks = (Block(label=entry.name, kind=BlockKind.CODE, text=text),)
    else:
        text = read_sheet(content, name=entry.name)
        blocks = (Block(label=entry.name, kind=BlockKind.TEXT, text=text),)
    return Taken(
        name=entry.name,
        blocks=blocks,
        sha256=hashlib.sha256(content).digest(),
        remarks=remarks,
    )


def _readable(
    entries: Sequence[Entry], *, needed: bool = True, loader: Loader | None = None
) -> list[Taken]:
    """Read files; one that is broken does not take the others along.

    If none can be read, and one is *needed*, the first one's error is the student's.
    """
    taken: list[Taken] = []
    broken: list[SubmissionError] = []
    for entry in entries:
        try:
            several = len(entries) > 1 or not needed
            taken.append(_taken(entry, several=several, loader=loader))
        except SubmissionError as error:
            broken.append(error)
            lost = Taken(name=entry.name, blocks=(), remarks=("unreadable-file",))
            taken.append(lost)
    if needed and len(broken) == len(entries):
        raise broken[0]
    return taken


def _from_folder_of(main: Main, beside: Sequence[Entry]) -> list[Entry]:
    """Name what lies beside a notebook in a folder as its code names it: from there."""
    folder, slash, _ = main.entries[0].name.rpartition("/")
    prefix = folder + slash
    others = {entry.name for entry in beside}
    return [
        replace(entry, name=short)
        if entry.name.startswith(prefix)
        and (short := entry.name.removeprefix(prefix)) not in others
        else entry
        for entry in beside
    ]


def _digest(
    entries: Sequence[Entry], taken: Iterable[Taken], companions: Iterable[Companion]
) -> str:
    """Hash all that was read, with its names; a lone file's name does not matter.

    Of a file that was left out its size stands for it.
    """
    content = {c.name: hashlib.sha256(c.content).digest() for c in companions}
    content |= {file.name: file.sha256 for file in taken}
    whole = hashlib.sha256()
    for entry in sorted(entries, key=lambda e: e.name):
        name = entry.name if len(entries) > 1 else entry.suffix
        known = content.get(entry.name) or str(entry.size).encode()
        for piece in (name.encode(), known):
            whole.update(len(piece).to_bytes(8, "big") + piece)
    return whole.hexdigest()
