"""The kinds that are built in, by name; each is imported when it first judges.

A rubric of numbers alone then never waits for what decides about formulas.
"""

import functools
import importlib
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from grader.compare.comparator import Comparator

# kind -> where its comparator is
_PLACES: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "number": ("number", "NUMBER"),
        "array": ("array", "ARRAY"),
        "expression": ("expression", "EXPRESSION"),
        "matrix": ("expression", "MATRIX"),
        "relation": ("expression", "RELATION"),
        "choice": ("choice", "CHOICE"),
        "text": ("choice", "TEXT"),
        "collection": ("collection", "COLLECTION"),
        "stochastic": ("stochastic", "STOCHASTIC"),
    }
)


@functools.cache
def _comparator(module: str, name: str) -> Comparator:
    found: Comparator = getattr(
        importlib.import_module(f"grader.compare.{module}"), name
    )
    return found


class _Kinds(Mapping[str, Comparator]):
    """Comparators by kind, imported when they are asked for."""

    def __getitem__(self, kind: str) -> Comparator:
        return _comparator(*_PLACES[kind])

    def __contains__(self, kind: object) -> bool:
        return kind in _PLACES

    def __iter__(self) -> Iterator[str]:
        return iter(_PLACES)

    def __len__(self) -> int:
        return len(_PLACES)


BUILT_IN: Final[Mapping[str, Comparator]] = _Kinds()
