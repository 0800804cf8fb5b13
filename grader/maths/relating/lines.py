"""Comparisons and the domains of their names -> lines along which to test them.

On each line one name is free and the others stand still: at round numbers first,
where degenerate cases hide, then at points that chance picks.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import islice
from typing import Final

from flint import fmpq

from grader.maths.deciding.points import points
from grader.maths.domain import Domain
from grader.maths.evaluation.matrices import Value
from grader.maths.forms.written import subtrees
from grader.maths.tree import Number, Tree

SLICES_A_NAME: Final = 4
PLAIN_VALUES: Final = frozenset({Fraction(0), Fraction(1)})
MOST_ROUND_VALUES: Final = 4
MOST_NAMES_AT_ROUND: Final = 3

Line = tuple[str, dict[str, Value], bool]


def lines_through(
    comparisons: Sequence[Tree], domains: Mapping[str, Domain]
) -> Iterator[Line]:
    """Yield a free name, values for the others, and whether chance chose them."""
    names = sorted(domains)
    if len(names) == 1:
        yield names[0], {}, True
        return
    for value in _plain_values(comparisons, domains):
        for name in names:
            yield name, {other: value for other in names if other != name}, False
    seed = seed_of(*comparisons)
    for point in islice(points(domains, seed=seed), SLICES_A_NAME):
        for name in names:
            rest = {other: point[other] for other in names if other != name}
            yield name, rest, True


def _plain_values(
    comparisons: Sequence[Tree], domains: Mapping[str, Domain]
) -> list[fmpq]:
    """Return round numbers and those that the comparisons mention.

    A circle with radius zero has its only point where nobody would look by chance.
    """
    if len(domains) > MOST_NAMES_AT_ROUND:
        return []
    mentioned = {
        part.value
        for comparison in comparisons
        for part in subtrees(comparison)
        if isinstance(part, Number) and part.value.denominator == 1
    }
    values = sorted(mentioned | PLAIN_VALUES, key=abs)[:MOST_ROUND_VALUES]
    allowed = domains.values()
    return [
        fmpq(int(value))
        for value in values
        if all(domain.holds(value) for domain in allowed)
    ]


def seed_of(*trees: Tree) -> int:
    """Return a number that depends on the trees alone, the same in every run."""
    digest = hashlib.sha256(repr(trees).encode()).digest()
    return int.from_bytes(digest[:8])
