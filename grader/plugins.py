"""Entry points of installed packages -> comparators, loaders and exporters to use.

A plug-in is a frozen value, found under its group's name. One that cannot be used is
named and left out: what does not need it is graded all the same.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from importlib.metadata import EntryPoint, entry_points
from typing import Final

from grader.compare.comparator import Comparator
from grader.compare.kinds import BUILT_IN
from grader.load.choice import BUILT_IN_SUFFIXES
from grader.load.loader import Loader
from grader.model.feedback import Feedback
from grader.model.rubric import BUILT_IN_KINDS, Assignment
from grader.model.score import Scorecard

COMPARATORS: Final = "grader.comparators"
LOADERS: Final = "grader.loaders"
EXPORTERS: Final = "grader.exporters"

__all__ = [
    "COMPARATORS",
    "EXPORTERS",
    "LOADERS",
    "Exporter",
    "Loader",
    "PluginFault",
    "Plugins",
    "discover",
    "installed_loaders",
]


# a format's files lie in a folder of its name: never among what a batch itself writes
_TAKEN_FOLDERS: Final = frozenset({"records", "feedback", "staff"})
_FORMAT: Final = re.compile(r"[a-z0-9][a-z0-9_-]*")
_SUFFIX: Final = re.compile(r"\.[a-z0-9_.-]*[a-z0-9_-]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Exporter:
    """Writes one submission as text in a *format*, into a file that ends in *suffix*.

    *write* is given the student's feedback, the scorecard and the assignment.
    """

    format: str
    suffix: str
    write: Callable[[Feedback, Scorecard, Assignment], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class PluginFault:
    """A plug-in that cannot be used: its name, the package it comes from, and why."""

    name: str
    package: str
    why: str

    def __str__(self) -> str:
        return (
            f"plug-in {self.name} of {self.package}: {self.why}\n"
            f"  to mend it: update or uninstall {self.package}; it is left out till then"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Plugins:
    """What installed packages add, and which of it is left out."""

    comparators: tuple[Comparator, ...] = ()
    loaders: tuple[Loader, ...] = ()
    exporters: tuple[Exporter, ...] = ()
    faults: tuple[PluginFault, ...] = ()

    @property
    def kinds(self) -> tuple[str, ...]:
        """Every kind that a rubric may name."""
        return (*BUILT_IN_KINDS, *(c.kind for c in self.comparators))

    @property
    def suffixes(self) -> tuple[str, ...]:
        """Every ending of a file's name that a loader adds."""
        return tuple(suffix for loader in self.loaders for suffix in loader.suffixes)

    def by_kind(self) -> Mapping[str, Comparator]:
        """Return the comparators by kind; the built-in ones alone where none came."""
        if not self.comparators:
            return BUILT_IN
        return {**BUILT_IN, **{c.kind: c for c in self.comparators}}


@dataclass(slots=True)
class _Found:
    comparators: list[Comparator] = field(default_factory=list)
    loaders: list[Loader] = field(default_factory=list)
    exporters: list[Exporter] = field(default_factory=list)


def discover(points: Iterable[EntryPoint] | None = None) -> Plugins:
    """Return what *points* name; without any, what is installed."""
    if points is None:
        groups = (COMPARATORS, LOADERS, EXPORTERS)
        points = [p for group in groups for p in entry_points(group=group)]
    found, faults = _Found(), []
    for point in sorted(points, key=lambda p: (p.group, p.name)):
        why = _take(point, found)
        if why:
            package = point.dist.name if point.dist is not None else point.value
            faults.append(PluginFault(name=point.name, package=package, why=why))
    return Plugins(
        comparators=tuple(found.comparators),
        loaders=tuple(found.loaders),
        exporters=tuple(found.exporters),
        faults=tuple(faults),
    )


def installed_loaders() -> tuple[Loader, ...]:
    """Return the loaders of installed packages."""
    return discover().loaders


def _unfit_suffixes(suffixes: tuple[str, ...], taken: Collection[str]) -> str:
    """Return why files cannot be told to be a loader's by *suffixes*, or nothing."""
    for suffix in suffixes:
        if not _SUFFIX.fullmatch(suffix):
            return f"{suffix!r} is no ending of a name, such as '.qmd', in lower case"
        if suffix in taken:
            return f"files that end in {suffix} are read already"
    return "" if suffixes else "it names no suffix"


def _unfit_format(name: str, suffix: str) -> str:
    """Return why a format's files cannot be named by it, or nothing."""
    if not _FORMAT.fullmatch(name) or name in _TAKEN_FOLDERS:
        return f"{name!r} cannot be the name of a format, which a folder is named by"
    return "" if _SUFFIX.fullmatch(suffix) else f"{suffix!r} is no ending of a name"


def _take(point: EntryPoint, found: _Found) -> str:
    """Load one plug-in into *found*; return why not, where it cannot be used."""
    try:
        value = point.load()
    except Exception as error:  # noqa: BLE001 - a plug-in may fail in any way, and is named
        return f"it cannot be loaded: {type(error).__name__}: {error}"
    match point.group, value:
        case ("grader.comparators", Comparator(kind=kind)):
            taken = {*BUILT_IN_KINDS, *(c.kind for c in found.comparators)}
            if kind in taken:
                return f"there is a kind {kind!r} already"
            found.comparators.append(value)
        case ("grader.loaders", Loader(suffixes=suffixes)):
            taken = {
                *BUILT_IN_SUFFIXES,
                *(s for x in found.loaders for s in x.suffixes),
            }
            why = _unfit_suffixes(suffixes, taken)
            if not why:
                found.loaders.append(value)
            return why
        case ("grader.exporters", Exporter(format=name, suffix=suffix)):
            why = _unfit_format(name, suffix)
            if not why:
                found.exporters.append(value)
            return why
        case _:
            return f"{point.group} asks for another type than {type(value).__name__}"
    return ""
