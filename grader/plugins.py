"""Entry points of installed packages -> comparators, loaders and exporters to use.

A plug-in is a frozen value, found under its group's name. One that cannot be used is
named and left out: what does not need it is graded all the same.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from importlib.metadata import EntryPoint, entry_points
from typing import Final

from grader.compare.comparator import Comparator
from grader.compare.kinds import BUILT_IN
from grader.model.feedback import Feedback
from grader.model.rubric import BUILT_IN_KINDS, Assignment
from grader.model.score import Scorecard
from grader.model.submission import Block

COMPARATORS: Final = "grader.comparators"
LOADERS: Final = "grader.loaders"
EXPORTERS: Final = "grader.exporters"


@dataclass(frozen=True, slots=True, kw_only=True)
class Loader:
    """Reads files whose names end in one of *suffixes* as blocks; executes nothing."""

    suffixes: tuple[str, ...]
    read: Callable[[bytes, str], tuple[Block, ...]]


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
        case ("grader.loaders", Loader()):
            found.loaders.append(value)
        case ("grader.exporters", Exporter()):
            found.exporters.append(value)
        case _:
            return f"{point.group} asks for another type than {type(value).__name__}"
    return ""
