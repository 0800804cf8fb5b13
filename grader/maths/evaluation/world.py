"""Trees about chance -> a small random world: outcomes, variables, events, densities.

The world has a few outcomes with random probabilities. A random variable is a random
function of the outcome with few values, so that conditions leave several outcomes;
an event is a random set of them. A density is a random table over a few values, one
axis for each variable it is used with, so that its marginals and conditionals belong
together. Expectation is linear here, Bayes' rule and the chain rules hold, and what
does not hold in general fails.
"""

from collections.abc import Iterator, Mapping, Sequence
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
from grader.maths.evaluation.randomness import random_number, random_rational
from grader.maths.evaluation.values import NotUnderstoodError, Scalar
from grader.maths.tree import Apply, Constant, Symbol, Tree

OUTCOMES: Final = 7
MOST_AXES: Final = 5
CHANCE_HEADS: Final = frozenset(
    {"expectation", "variance", "covariance", "probability", "given", "entropy"}
    | {"kl", "js", "tv", "mutual_information"}
)
DIVERGENCES: Final = frozenset({"kl", "js", "tv"})
NO_SHIFTS: Final[Mapping[str, fmpq]] = MappingProxyType({})
USUAL_DENSITIES: Final = frozenset({"p", "q"})
USUAL_VARIABLES: Final = frozenset("xyzuvwhrst") | {"epsilon", "xi"}
"""Small letters that are random under an expectation with no capital in it."""


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
    nodes = [node for tree in trees for node in _nodes(tree)]
    heads = {node.head for node in nodes}
    densities = _densities(nodes) | _of_kind(Kind.DENSITY, declared)
    if heads.isdisjoint(CHANCE_HEADS) and not _sums_density(nodes, densities):
        return None
    axes = {name: _axes(name, nodes) for name in densities}
    if any(len(each) > MOST_AXES for each in axes.values()):
        return None
    variables = frozenset(name for node in nodes for name in _variables(node))
    variables = variables - declared.keys() | _of_kind(Kind.RANDOM, declared)
    bound = frozenset(axis for each in axes.values() for axis in each)
    return World(
        densities=axes,
        variables=variables,
        bound=bound | _called_with(densities, nodes),
        landmarks=landmarks_of(nodes),
        thresholds=thresholds_of(nodes) - variables,
    )


def _of_kind(kind: Kind, declared: Mapping[str, Domain]) -> frozenset[str]:
    return frozenset(name for name, domain in declared.items() if domain.kind is kind)


def _nodes(tree: Tree) -> Iterator[Apply]:
    if isinstance(tree, Apply):
        yield tree
        for arg in tree.args:
            yield from _nodes(arg)


def _densities(nodes: Sequence[Apply]) -> frozenset[str]:
    """Return the names that are used as densities."""
    found: set[str] = set()
    for node in nodes:
        match node:
            case Apply("call", (Symbol(name), Apply("given", _))):
                found.add(name)
            case Apply("call", (Symbol(name), *_)):
                if is_density_name(name):
                    found.add(name)
            case Apply("expectation", (_, *laws)):
                found.update(_named_laws(laws))
            case Apply(head, args) if head in DIVERGENCES:
                found.update(arg.name for arg in args if isinstance(arg, Symbol))
                found.update(
                    name
                    for arg in args
                    for name in _names(arg)
                    if is_density_name(name)
                )
            case _:
                pass
    return frozenset(found)


def is_density_name(name: str) -> bool:
    """Return whether a name looks like a density: `p`, `q`, `p_data`."""
    return name.split("_", maxsplit=1)[0] in USUAL_DENSITIES


def _named_laws(laws: Sequence[Tree]) -> Iterator[str]:
    for law in laws:
        match law:
            case Apply("tuple", (Symbol(), Symbol(name))):
                yield name
            case _:
                pass


def _sums_density(nodes: Sequence[Apply], densities: frozenset[str]) -> bool:
    """Return whether a density is summed or integrated over all its values."""
    for node in nodes:
        if node.head in {"integral", "sum"} and any(map(is_unlimited, node.args[1:])):
            inner = [each for each in _nodes(node.args[0]) if each.head == "call"]
            if any(_callee(each) in densities for each in inner):
                return True
    return False


def is_unlimited(binder: Tree) -> bool:
    """Return whether a sum or integral runs over all values there are."""
    match binder:
        case Apply("tuple", (Symbol(),)):
            return True
        case Apply("tuple", (Symbol(), Apply("neg", (Constant("oo"),)), high)):
            return high == Constant("oo")
        case _:
            return False


def _callee(node: Apply) -> str:
    return node.args[0].name if isinstance(node.args[0], Symbol) else ""


def _axes(name: str, nodes: Sequence[Apply]) -> tuple[str, ...]:
    """Return the variables of a density; one that has a single argument has one axis.

    That axis has no name, so that `p(x)` and `p(y)` are the same density.
    """
    axes: set[str] = set()
    joint = False
    for node in nodes:
        if node.head == "call" and _callee(node) == name:
            names = axes_of(node.args[1:])
            joint = joint or len(names) > 1
            axes.update(names)
    return tuple(sorted(axes)) if joint else ("",)


def _called_with(densities: frozenset[str], nodes: Sequence[Apply]) -> frozenset[str]:
    return frozenset(
        axis
        for node in nodes
        if node.head == "call" and _callee(node) in densities
        for axis in axes_of(node.args[1:])
    )


def axes_of(args: Sequence[Tree]) -> tuple[str, ...]:
    """Return the variables that a density is called with, before and after the bar."""
    return tuple(axis for part in split(args) for axis, _ in part)


def split(
    args: Sequence[Tree],
) -> tuple[list[tuple[str, Tree]], list[tuple[str, Tree]]]:
    """Return the arguments before and after the bar, each with its variable."""
    before: list[Tree] = []
    after: list[Tree] = []
    for arg in args:
        match arg:
            case Apply("given", (left, right)):
                before.extend(_listed(left))
                after.extend(_listed(right))
            case _:
                (after or before).append(arg)
    return [(_axis(a), a) for a in before], [(_axis(a), a) for a in after]


def _listed(tree: Tree) -> tuple[Tree, ...]:
    match tree:
        case Apply("tuple" | "and" | "list", args):
            return args
        case _:
            return (tree,)


def _axis(tree: Tree) -> str:
    """Return the variable that an argument stands for: `x` for `x_i` too."""
    match tree:
        case Symbol(name):
            return name.split("_")[0].rstrip("'")
        case Apply("index", (Symbol(name), *_)):
            return name
        case _:
            return ""


def _variables(node: Apply) -> Iterator[str]:
    """Yield the random variables that the arguments of a head without a law name."""
    if node.head == "expectation" and len(node.args) > 1:
        return
    if node.head in {"expectation", "variance", "covariance"}:
        yield from _random_names(node.args)
    elif node.head in {"mutual_information", "entropy", "probability"}:
        yield from (
            name for arg in node.args for name in _names(arg) if name[0].isupper()
        )
    elif node.head == "call" and _callee(node) == "H":
        yield from (name for arg in node.args[1:] for name in _names(arg))


def _random_names(args: Sequence[Tree]) -> Iterator[str]:
    names = {name for arg in args for name in _names(arg)}
    capitals = {name for name in names if name[:1].isupper()}
    yield from capitals or (
        name for name in names if name.split("_")[0] in USUAL_VARIABLES
    )


def _names(tree: Tree) -> Iterator[str]:
    match tree:
        case Symbol(name):
            yield name
        case Apply("call", (_, *args)):
            for arg in args:
                yield from _names(arg)
        case Apply(_, args):
            for arg in args:
                yield from _names(arg)
        case _:
            pass
