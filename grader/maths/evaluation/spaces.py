"""Shapes -> random vectors and matrices with exact rational entries, point by point."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Final

from flint import acb, fmpq

from grader.maths.deciding.shapes import COUNT, UNSAID, Sizes
from grader.maths.domain import Domain, Trait
from grader.maths.evaluation import matrices
from grader.maths.evaluation.linear import SIZE
from grader.maths.evaluation.matrices import Matrix, Value, as_matrix, transpose
from grader.maths.evaluation.values import ZERO

NUMBERS: Final = ((3, 2, 4, 2), (2, 3, 2, 4), (3, 4, 2, 3), (4, 3, 3, 2))
"""Numbers for the letters of sizes, another row for each point in turn."""

ENTRIES: Final = tuple(fmpq(n, d) for n in range(-5, 6) for d in (1, 2, 3) if n)


WHOLE: Final = tuple(n for n in range(-5, 6) if n)


@dataclass(frozen=True, slots=True, kw_only=True)
class Space:
    """The names that are vectors and matrices, with their sizes and traits."""

    sizes: Sizes
    declared: Mapping[str, Domain]
    counts: frozenset[str]
    complex_entries: bool = False

    def enriched(
        self, stream: Iterator[Mapping[str, Value]], *, seed: int
    ) -> Iterator[dict[str, Value]]:
        """Return the points of *stream* with a matrix for each name that is one."""
        source = random.Random(seed)  # noqa: S311  repeatable on purpose
        for turn, point in zip(count(), stream):
            numbers = self._numbers(turn)
            found: dict[str, Value] = dict(point)
            for name in sorted(self.sizes.shapes):
                rows, columns = (numbers[each] for each in self.sizes.known(name))
                traits = self._traits(name)
                found[name] = (
                    _complex(rows, columns, source)
                    if self.complex_entries and not traits
                    else _random(rows, columns, traits, source)
                )
            for name in self.counts:
                found[name] = fmpq(numbers[self.sizes.find(COUNT + name)])
            found[SIZE] = fmpq(numbers[self.sizes.find(UNSAID)])
            yield found

    def _numbers(self, turn: int) -> dict[str, int]:
        letters = {UNSAID, *(COUNT + name for name in self.counts)}
        for shape in self.sizes.shapes.values():
            letters.update(shape)
        roots = sorted({self.sizes.find(letter) for letter in letters})
        row = NUMBERS[turn % len(NUMBERS)]
        free = [root for root in roots if not root.isdigit()]
        numbers = {root: int(root) for root in roots if root.isdigit()}
        for at, root in enumerate(free):
            numbers[root] = row[at % len(row)]
        return numbers

    def _traits(self, name: str) -> frozenset[Trait]:
        domain = self.declared.get(name)
        return frozenset() if domain is None else domain.traits


def _random(
    rows: int, columns: int, traits: frozenset[Trait], source: random.Random
) -> Value:
    made = Matrix(
        tuple(
            tuple(source.choice(ENTRIES) for _ in range(columns)) for _ in range(rows)
        )
    )
    if Trait.ORTHOGONAL in traits:
        return _orthogonal(made)
    if Trait.POSITIVE_DEFINITE in traits:
        return as_matrix(made * transpose(made)) + matrices.identity(rows)
    if Trait.DIAGONAL in traits:
        return _diagonal(made)
    if Trait.SYMMETRIC in traits:
        return made + as_matrix(transpose(made))
    return matrices.collapsed(made) if rows == columns == 1 else made


def _complex(rows: int, columns: int, source: random.Random) -> Value:
    """Return a matrix of whole complex numbers, which are exact at any precision."""
    return Matrix(
        tuple(
            tuple(
                acb(source.choice(WHOLE), source.choice(WHOLE)) for _ in range(columns)
            )
            for _ in range(rows)
        )
    )


def _diagonal(made: Matrix) -> Matrix:
    return Matrix(
        tuple(
            tuple(entry if i == j else ZERO for j, entry in enumerate(row))
            for i, row in enumerate(made.rows)
        )
    )


def _orthogonal(made: Matrix) -> Value:
    """Return (1 - S)(1 + S)^-1 for a skew S: rational and orthogonal."""
    skew = made + -as_matrix(transpose(made))
    one = matrices.identity(len(made.rows))
    return (one + -skew) * matrices.inverse(one + skew)
