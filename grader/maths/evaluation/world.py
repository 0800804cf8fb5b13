"""Trees about chance -> a small random world: outcomes, variables, events, densities.

The world has a few outcomes with random probabilities. A random variable is a random
function of the outcome with few values, so that conditions leave several outcomes;
an event is a random set of them. A density is a random table over a few values, one
axis for each variable it is used with, so that its marginals and conditionals belong
together. Expectation is linear here, Bayes' rule and the chain rules hold, and what
does not hold in general fails.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from types import MappingProxyType
from typing import Final

from flint import fmpq

from grader.maths.domain import Domain, Kind
from grader.maths.evaluation.levels import (
    LEVELS,
    TURNS,
    Landmarks,
    landmarks_of,
    levels,
    thresholds_of,
    value_at,
)
from grader.maths.evaluation.matrices import Value
from grader.maths.evaluation.mentions import (
    axes_in,
    called_with,
    densities_in,
    nodes_of,
    sums_density,
    variables_in,
)
from grader.maths.evaluation.randomness import random_number, random_rational
from grader.maths.evaluation.values import NotUnderstoodError, Scalar
from grader.maths.tree import Tree

OUTCOMES: Final = 7
MOST_AXES: Final = 5
CHANCE_HEADS: Final = frozenset(
    {"expectation", "variance", "covariance", "probability", "given", "entropy"}
    | {"kl", "js", "tv", "mutual_information"}
)
NO_SHIFTS: Final[Mapping[str, fmpq]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class World:
    """The names that are densities, with their axes, and those that vary at random."""

    densities: dict[str, tuple[str, ...]]
    variables: frozenset[str]
    bound: frozenset[str]
    landmarks: Landmarks = ()
    thresholds: frozenset[str] = frozenset()

    def levels(self, seed: int) -> tuple[fmpq, ...]:
        """Return the values that variables take at a seed."""
        return levels(seed, self.landmarks)

    def value_at(self, name: str, outcome: int, seed: int) -> fmpq:
        """Return what a random variable is at an outcome."""
        return value_at(name, outcome, seed, self.landmarks)

    def marginal(
        self,
        density: str,
        fixed: dict[str, Scalar],
        seed: int,
        shifts: Mapping[str, fmpq] = NO_SHIFTS,
    ) -> fmpq:
        """Return the probability that the axes in *fixed* have these values.

        *shifts* say how far parameters below a density's name are from where they are.
        """
        axes = self.densities[density]
        if not set(axes) >= set(fixed):
            raise NotUnderstoodError
        wanted = {
            axis: _place(value, self.levels(seed)) for axis, value in fixed.items()
        }
        choices = [
            (wanted[axis],) if axis in wanted else range(LEVELS) for axis in axes
        ]
        below = density.split("_")[1:]
        moved = tuple((name, shifts[name]) for name in below if name in shifts)
        table = _table(density, len(axes), seed, moved)
        return sum((table[at] for at in product(*choices)), fmpq(0))


def settled_at_random(
    world: World, stream: Iterator[Mapping[str, Value]]
) -> Iterator[dict[str, Value]]:
    """Return the points of *stream* with a value for each name that varies at random.

    The point numbered n is evaluated with seed n: its levels are those of that seed.
    """
    for seed, point in enumerate(stream):
        found = dict(point)
        bound = world.bound | (world.thresholds if seed % TURNS == 1 else frozenset())
        for name in bound & point.keys():
            found[name] = world.levels(seed)[random_number(name, seed) % LEVELS]
        for name in world.variables & point.keys():
            found[name] = world.value_at(name, 0, seed)
        yield found


@lru_cache(maxsize=256)
def weights(seed: int) -> tuple[fmpq, ...]:
    """Return the probabilities of the outcomes."""
    return _normalised(
        [random_rational("weight", each, seed) for each in range(OUTCOMES)]
    )


def happens(name: str, outcome: int, seed: int) -> bool:
    """Return whether an event holds at an outcome."""
    return random_number("event", name, outcome, seed) % 2 == 1


@lru_cache(maxsize=256)
def _table(
    density: str, axes: int, seed: int, shifts: tuple[tuple[str, fmpq], ...] = ()
) -> dict[tuple[int, ...], fmpq]:
    """Return the probabilities of all cells of a density."""
    cells = list(product(range(LEVELS), repeat=axes))
    drawn = [random_rational("cell", density, *cell, seed) for cell in cells]
    for name, shift in shifts:
        drawn = [
            size * (1 + shift * random_rational("slope", name, density, *cell, seed))
            for cell, size in zip(cells, drawn, strict=True)
        ]
    return dict(zip(cells, _normalised(drawn), strict=True))


def _normalised(drawn: list[fmpq]) -> tuple[fmpq, ...]:
    total = sum(drawn, fmpq(0))
    return tuple(each / total for each in drawn)


def _place(value: Scalar, choices: tuple[fmpq, ...]) -> int:
    for index, level in enumerate(choices):
        if level == value:
            return index
    raise NotUnderstoodError


def world_of(*trees: Tree, declared: Mapping[str, Domain]) -> World | None:
    """Return the world that *trees* speak of, or None if chance is not in them."""
    nodes = [node for tree in trees for node in nodes_of(tree)]
    heads = {node.head for node in nodes}
    densities = densities_in(nodes) | _of_kind(Kind.DENSITY, declared)
    if heads.isdisjoint(CHANCE_HEADS) and not sums_density(nodes, densities):
        return None
    axes = {name: axes_in(name, nodes) for name in densities}
    if any(len(each) > MOST_AXES for each in axes.values()):
        return None
    variables = frozenset(name for node in nodes for name in variables_in(node))
    variables = variables - declared.keys() | _of_kind(Kind.RANDOM, declared)
    bound = frozenset(axis for each in axes.values() for axis in each)
    return World(
        densities=axes,
        variables=variables,
        bound=bound | called_with(densities, nodes),
        landmarks=landmarks_of(nodes),
        thresholds=thresholds_of(nodes) - variables,
    )


def _of_kind(kind: Kind, declared: Mapping[str, Domain]) -> frozenset[str]:
    return frozenset(name for name, domain in declared.items() if domain.kind is kind)
