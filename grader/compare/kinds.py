"""The kinds that are built in, by name."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from grader.compare.array import ARRAY
from grader.compare.choice import CHOICE, TEXT
from grader.compare.collection import COLLECTION
from grader.compare.comparator import Comparator
from grader.compare.expression import EXPRESSION, MATRIX, RELATION
from grader.compare.number import NUMBER
from grader.compare.stochastic import STOCHASTIC

BUILT_IN: Final[Mapping[str, Comparator]] = MappingProxyType(
    {
        c.kind: c
        for c in (
            NUMBER,
            ARRAY,
            EXPRESSION,
            MATRIX,
            RELATION,
            CHOICE,
            TEXT,
            COLLECTION,
            STOCHASTIC,
        )
    }
)
