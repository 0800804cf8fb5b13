"""A faulty rubric -> the most of it that still makes an assignment.

What is wrong is taken out, and what must be there is put in, so that everything else
can be checked in the same breath: a slip in one part hides no fault of another. What
comes out is for finding further faults, and for nothing else.
"""

from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any, Final

from pydantic import ValidationError

from grader.model.rubric import SCHEMA_VERSION, Assignment
from grader.rubric.faults import details_of, locate
from grader.yaml.document import Document
from grader.yaml.path import Path, Plain, at

MOST_ROUNDS: Final = 12  # each mends all that it finds; what it uncovers is next
_LISTED: Final = frozenset({"questions", "parts", "criteria"})
_NAMES: Final = ("id", "title")
_KEPT: Final = ("id", "title", "points", "answer", "follows", "visibility")
_STAND_INS: Final[Mapping[str, Callable[[int], Plain]]] = {
    "schema": lambda _: SCHEMA_VERSION,
    "points": lambda _: 1,
    "answer": "left_out_{}".format,
    "id": "left-out-{}".format,
    "assignment": "left-out-{}".format,
    "title": lambda _: "",
    "reference": lambda _: "",
    "say": lambda _: "",
    "module": lambda _: "",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Salvage:
    """What a faulty rubric still says, and where something was taken out or put in."""

    assignment: Assignment
    replaced: frozenset[Path]


def salvage(document: Document) -> Salvage | None:
    """Return what is left of *document* without its faults; None if it is no rubric."""
    work = _Work(rest=deepcopy(document.value))
    for _ in range(MOST_ROUNDS):
        try:
            assignment = Assignment.model_validate(work.rest)
        except ValidationError as error:
            here = replace(document, value=work.rest)
            paths = {locate(d, here): d["type"] == "missing" for d in details_of(error)}
            if not work.mend_all(paths):
                return None
        else:
            return Salvage(assignment=assignment, replaced=frozenset(work.seen))
    return None


@dataclass(slots=True)
class _Work:
    """A rubric being mended in place; *seen* is where."""

    rest: Plain
    seen: set[Path] = field(default_factory=set)
    stripped: set[Path] = field(default_factory=set)
    numbers: "count[int]" = field(default_factory=lambda: count(1))

    def mend_all(self, paths: Mapping[Path, bool]) -> bool:
        """Mend each of *paths*, of which some lack what must be there.

        What lies in an entry that was stripped just now is seen to already, or is found
        again in the next round.
        """
        before = frozenset(self.stripped)
        for path, missing in paths.items():
            around = {path[:length] for length in range(len(path))}
            if not around.isdisjoint(self.stripped - before):
                continue
            if not self.mend(path, missing=missing):
                return False
        return True

    def mend(self, path: Path, *, missing: bool) -> bool:
        """Take out what is at *path*, or put in what is missing; False where it can't."""
        if not path:
            return False
        inside = at(self.rest, path[:-1])
        step = path[-1]
        if missing and step in _STAND_INS and isinstance(inside, dict):
            inside[str(step)] = _STAND_INS[str(step)](next(self.numbers))
        elif isinstance(step, int) and path[-2] in _LISTED:
            return self._strip(path)
        elif isinstance(step, str) and isinstance(inside, dict) and step in inside:
            del inside[step]
        else:  # what stands around it goes with it
            return self.mend(path[:-1], missing=False)
        self.seen.add(path)
        return True

    def _strip(self, path: Path) -> bool:
        """Leave of a part, or another entry of a list that is counted, its name alone."""
        entries: Any = at(self.rest, path[:-1])
        entry = entries[path[-1]]
        known = entry if isinstance(entry, dict) and path not in self.stripped else {}
        kept = _NAMES if path[-2] == "questions" else _KEPT
        bare = {key: known[key] for key in kept if key in known}
        self.stripped.add(path)
        self.seen |= {(*path, key) for key in known if key not in bare} or {path}
        entries[path[-1]] = bare if kept is _KEPT else {**bare, "parts": [{}]}
        return True
