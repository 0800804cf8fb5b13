"""A file, folder or zip -> Source: blocks in order, and what lay beside."""

import hashlib
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from grader.errors import SubmissionError
from grader.load.archive import LARGEST_ARCHIVE_BYTES, read_archive
from grader.load.entry import (
    Entry,
    check_apart,
    plain,
    read_regular,
    readable,
    shown,
)
from grader.load.folder import LARGEST_FILE_BYTES, read_folder
from grader.load.module import LARGEST_MODULE_BYTES, read_module
from grader.load.notebook import OLD_FORMAT, read_notebook
from grader.load.sheet import read_sheet
from grader.model.submission import Block, BlockKind, Companion, Form, Source

MOST_COMPANIONS: Final = 200
LARGEST_COMPANIONS_BYTES: Final = 32 << 20  # of all together; the worker gets copies

NOTEBOOKS: Final = (".ipynb",)
MODULES: Final = (".py",)
SHEETS: Final = (".md", ".tex", ".txt")
ARCHIVES: Final = (".zip",)
_MAIN_STEMS: Final = ("answers", "answer", "main", "homework", "submission")
_IMPORT: Final = re.compile(
    r"^[ \t]*(?:from[ \t]+\.?(\w+)|import[ \t]+(\w+(?:[ \t]*,[ \t]*\w+)*))",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Main:
    """The files that hold the work itself, and what was forgiven in choosing them."""

    form: Form
    entries: tuple[Entry, ...]
    remarks: tuple[str, ...] = ()


def load(path: Path, *, assignment: str = "") -> Source:
    """Take a submission apart without running any of it.

    *assignment* is the name that its main file may have among several modules.

    Raises:
        SubmissionError: it cannot be read as handed in; its words are the student's.
    """
    return assemble(entries_of(path), name=readable(path.name), assignment=assignment)


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
    zips = _by_suffix(entries, ARCHIVES)
    if len(zips) != 1 or _by_suffix(entries, (*NOTEBOOKS, *MODULES, *SHEETS)):
        return entries
    return read_archive(io.BytesIO(zips[0].read()), name=zips[0].name)


def assemble(entries: Sequence[Entry], *, name: str, assignment: str = "") -> Source:
    """Make one Source of a submission's files.

    Raises:
        SubmissionError: none of them holds work that can be read, or one is broken.
    """
    entries = _from_common_folder(_unpacked(entries))
    check_apart((entry.name for entry in entries), name)
    main = _main(entries, name, assignment.lower())
    beside = [entry for entry in entries if entry not in main.entries]
    sheets = [] if main.form is Form.SHEET else _sheets(beside)
    companions, left_out = _companions(_from_folder_of(main, beside))
    taken = [*_readable(main.entries), *_readable(sheets, needed=False)]
    return Source(
        name=name,
        form=main.form,
        blocks=tuple(block for file in taken for block in file.blocks),
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


def _main(entries: Sequence[Entry], name: str, assignment: str) -> Main:
    """Choose the files that hold the work: notebooks, else modules, else sheets."""
    notebooks = _by_suffix(entries, NOTEBOOKS)
    if notebooks:
        remarks = ("several-notebooks",) if len(notebooks) > 1 else ()
        return Main(form=Form.NOTEBOOK, entries=notebooks, remarks=remarks)
    modules = _by_suffix(entries, MODULES)
    if modules:
        return _main_module(modules, assignment)
    sheets = _by_suffix(entries, SHEETS)
    if sheets:
        return Main(form=Form.SHEET, entries=_without_readme(sheets))
    raise _nothing_to_read(entries, name)


def _main_module(modules: tuple[Entry, ...], assignment: str) -> Main:
    """Take the module named like the assignment, else those that no other imports."""
    for stem in (assignment, *_MAIN_STEMS):
        named = tuple(m for m in modules if m.stem == stem)
        if len(named) == 1:
            return Main(form=Form.MODULE, entries=named)
    imported = {word for module in modules for word in _imports(module)}
    chosen = tuple(m for m in modules if m.stem not in imported) or modules
    remarks = ("several-modules",) if len(chosen) > 1 else ()
    return Main(form=Form.MODULE, entries=chosen, remarks=remarks)


def _imports(module: Entry) -> set[str]:
    """Guess from its lines which modules one imports; nothing is parsed."""
    text = module.read()[:LARGEST_MODULE_BYTES].decode("utf-8", "replace")
    found = _IMPORT.finditer(text)
    lists = (match[1] or match[2] for match in found)
    return {word.strip().lower() for words in lists for word in words.split(",")}


def _sheets(entries: Iterable[Entry]) -> list[Entry]:
    """Find written work beside a notebook or module: text files may be anything."""
    marked_up = (".md", ".tex")
    found = tuple(e for e in entries if e.suffix in marked_up)
    return [e for e in found if e.stem != "readme"]


def _without_readme(sheets: tuple[Entry, ...]) -> tuple[Entry, ...]:
    return tuple(e for e in sheets if e.stem != "readme") or sheets


def _by_suffix(entries: Iterable[Entry], suffixes: Sequence[str]) -> tuple[Entry, ...]:
    return tuple(entry for entry in entries if entry.suffix in suffixes)


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


def _taken(entry: Entry, *, several: bool) -> Taken:
    """Read one file's blocks; among *several*, labels begin with the file's name."""
    content = entry.read()
    remarks: tuple[str, ...] = ()
    if entry.suffix in NOTEBOOKS:
        blocks, version = read_notebook(content, name=entry.name)
        prefix = f"{entry.name} " if several else ""
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


def _readable(entries: Sequence[Entry], *, needed: bool = True) -> list[Taken]:
    """Read files; one that is broken does not take the others along.

    If none can be read, and one is *needed*, the first one's error is the student's.
    """
    taken: list[Taken] = []
    broken: list[SubmissionError] = []
    for entry in entries:
        try:
            taken.append(_taken(entry, several=len(entries) > 1 or not needed))
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


def _nothing_to_read(entries: Sequence[Entry], name: str) -> SubmissionError:
    there = ", ".join(shown(e.name) for e in entries[:5]) or "nothing"
    return SubmissionError(
        name,
        f"there is no notebook, Python file or written sheet in it, but {there}",
        f"hand in a file that ends in {', '.join((*NOTEBOOKS, *MODULES, *SHEETS))}",
    )
