"""A rubric's path -> its assignment and comparators, plug-ins asked only where needed."""

from collections.abc import Mapping
from dataclasses import replace
from os.path import realpath
from pathlib import Path

from grader.compare.comparator import Comparator
from grader.compare.kinds import BUILT_IN
from grader.errors import RubricError, RubricFaults
from grader.model.rubric import BUILT_IN_KINDS, Assignment
from grader.plugins import PluginFault, discover
from grader.rubric.reader import (
    Reading,
    inspect_rubric,
    public_path,
    reference_path,
)


def read_assignment(path: Path) -> Assignment:
    """Read the rubric at *path*, whose kinds may come from plug-ins.

    Raises:
        RubricFaults: all that is wrong with it, and plug-ins that cannot be used.
    """
    reading = inspect_assignment(path)
    if reading.faults or reading.assignment is None:
        raise RubricFaults(reading.faults)
    return reading.assignment


def inspect_assignment(path: Path) -> Reading:
    """Read what there is of the rubric at *path*, with all that is wrong with it.

    Raises:
        RubricFaults: it is no YAML, so that nothing of it is known.
    """
    reading = inspect_rubric(path)
    if not reading.faults:
        return reading
    plugins = discover()
    if plugins.comparators:
        reading = inspect_rubric(path, kinds=plugins.kinds)
    if not reading.faults:
        return reading
    told = tuple(_told(fault) for fault in plugins.faults)
    return replace(reading, faults=(*reading.faults, *told))


def module_paths(rubric: Path) -> frozenset[str]:
    """Return where the modules really are that the rubric at *rubric* names.

    Raises:
        RubricFaults: the rubric is faulty, or a module is not there.
    """
    assignment = read_assignment(rubric)
    named = (reference_path(assignment, rubric), public_path(assignment, rubric))
    return frozenset(realpath(path) for path in named if path is not None)


def comparators_for(assignment: Assignment) -> Mapping[str, Comparator]:
    """Return the comparators that *assignment* needs: the built-in ones, mostly."""
    kinds = _kinds(assignment)
    return BUILT_IN if kinds <= set(BUILT_IN_KINDS) else discover().by_kind()


def load_comparators(assignment: Assignment) -> None:
    """Import the built-in comparators that *assignment* needs, where there is time."""
    for kind in _kinds(assignment).intersection(BUILT_IN):
        BUILT_IN[kind]


def _kinds(assignment: Assignment) -> set[str]:
    criteria = (c for part in assignment.parts for c in part.criteria)
    return {kind for c in criteria for kind in (c.kind, c.returns) if kind}


def _told(fault: PluginFault) -> RubricError:
    return RubricError(
        where=f"plug-in {fault.name} of {fault.package}",
        what=fault.why,
        mend=f"update or uninstall {fault.package}; it is left out till then",
    )
