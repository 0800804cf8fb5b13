"""A submission's files -> those that hold the work itself, by their names."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from grader.errors import SubmissionError
from grader.load.entry import Entry, shown
from grader.load.loader import Loader, Loaders
from grader.load.module import LARGEST_MODULE_BYTES
from grader.model.submission import Form

NOTEBOOKS: Final = (".ipynb",)
MODULES: Final = (".py",)
SHEETS: Final = (".md", ".tex", ".txt")
ARCHIVES: Final = (".zip",)
BUILT_IN_SUFFIXES: Final = (*NOTEBOOKS, *MODULES, *SHEETS, *ARCHIVES)
_MAIN_STEMS: Final = ("answers", "answer", "main", "homework", "submission")
_IMPORT: Final = re.compile(
    r"^[ \t]*(?:from[ \t]+\.?(\w+)|import[ \t]+(\w+(?:[ \t]*,[ \t]*\w+)*))",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Main:
    """The files that hold the work itself, and what was forgiven in choosing them.

    *loader* is the plug-in that reads them, where the built-in ones do not.
    """

    form: Form
    entries: tuple[Entry, ...]
    remarks: tuple[str, ...] = ()
    loader: Loader | None = None


def choose(entries: Sequence[Entry], name: str, assignment: str) -> Main:
    """Choose the files that hold the work: notebooks, else modules, else sheets."""
    notebooks = by_suffix(entries, NOTEBOOKS)
    if notebooks:
        remarks = ("several-notebooks",) if len(notebooks) > 1 else ()
        return Main(form=Form.NOTEBOOK, entries=notebooks, remarks=remarks)
    modules = by_suffix(entries, MODULES)
    if modules:
        return _main_module(modules, assignment)
    sheets = by_suffix(entries, SHEETS)
    if sheets:
        return Main(form=Form.SHEET, entries=_without_readme(sheets))
    raise _nothing_to_read(entries, name)


def choose_plugged(entries: Sequence[Entry], loaders: Loaders) -> Main | None:
    """Choose the files that a plug-in reads, where no notebook or module is the work."""
    suffixes = {entry.suffix for entry in entries}
    if not suffixes - {*BUILT_IN_SUFFIXES, ""} or suffixes & {*NOTEBOOKS, *MODULES}:
        return None
    for loader in loaders():
        own = by_suffix(entries, loader.suffixes)
        if own:
            return Main(form=Form.NOTEBOOK, entries=own, loader=loader)
    return None


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


def sheets_among(entries: Iterable[Entry]) -> list[Entry]:
    """Find written work beside a notebook or module: text files may be anything."""
    marked_up = (".md", ".tex")
    found = tuple(e for e in entries if e.suffix in marked_up)
    return [e for e in found if e.stem != "readme"]


def _without_readme(sheets: tuple[Entry, ...]) -> tuple[Entry, ...]:
    return tuple(e for e in sheets if e.stem != "readme") or sheets


def by_suffix(entries: Iterable[Entry], suffixes: Sequence[str]) -> tuple[Entry, ...]:
    """Return those whose names end in one of *suffixes*."""
    return tuple(entry for entry in entries if entry.suffix in suffixes)


def _nothing_to_read(entries: Sequence[Entry], name: str) -> SubmissionError:
    there = ", ".join(shown(e.name) for e in entries[:5])
    no_work = "no notebook, Python file or written sheet"
    return SubmissionError(
        name,
        f"there is {no_work} in it, but {there}"
        if there
        else f"nothing is in it: {no_work}",
        f"hand in a file that ends in {', '.join((*NOTEBOOKS, *MODULES, *SHEETS))}",
    )
