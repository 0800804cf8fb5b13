"""Kinds of names and the trees they stand in -> how many rows and columns each has.

Sizes that the trees force to be the same share a letter; all others differ, so that
nothing holds by the accident of a square matrix. A point then gives each letter a
number.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from grader.maths.domain import Domain
from grader.maths.tree import Apply, Number, Symbol, Tree

Shape = tuple[str, str]
ONE: Final = "1"
NUMBER: Final[Shape] = (ONE, ONE)
SPATIAL: Final = "3"
"""The size of the vectors that have a cross product."""

UNSAID: Final = "size of a column"
"""The letter of all columns of ones and zeros that are given no size."""

COUNT: Final = "count "
"""Begins the letter of a size that has a name in the trees, as in `I_n`."""


@dataclass(slots=True)
class Sizes:
    """Letters for sizes, those that must be the same joined."""

    parents: dict[str, str] = field(default_factory=dict)
    shapes: dict[str, Shape] = field(default_factory=dict)
    ends: dict[str, str] = field(default_factory=dict)
    fresh: int = 0

    def find(self, letter: str) -> str:
        """Return the letter that stands for *letter* and all joined with it."""
        while letter in self.parents:
            letter = self.parents[letter]
        return letter

    def join(self, one: str, other: str) -> None:
        """Make two sizes the same; a size that is a number stays one."""
        one, other = self.find(one), self.find(other)
        if one == other:
            return
        if one.isdigit():
            one, other = other, one
        if not one.isdigit():
            self.parents[one] = other

    def new(self) -> str:
        """Return a size that nothing is known of."""
        self.fresh += 1
        return f"size {self.fresh}"

    def known(self, name: str) -> Shape:
        """Return the shape of a name as far as it is known."""
        rows, columns = self.shapes.get(name, NUMBER)
        return self.find(rows), self.find(columns)


def infer_shapes(
    trees: Iterable[Tree], kinds: Mapping[str, str], declared: Mapping[str, Domain]
) -> Sizes:
    """Return the sizes of all names that are vectors or matrices in *trees*."""
    sizes = Sizes()
    for name, kind in kinds.items():
        domain = declared.get(name, Domain())
        rows = str(domain.rows) if domain.rows else sizes.new()
        columns = ONE if kind == "vector" else str(domain.columns or sizes.new())
        sizes.shapes[name] = rows, columns
        if domain.traits:
            sizes.join(rows, columns)
    for tree in trees:
        _walk(tree, sizes)
    return sizes


def _walk(tree: Tree, sizes: Sizes) -> Shape:
    match tree:
        case Symbol(name):
            return sizes.known(name)
        case Apply(head, args):
            return _of_head(head, args, sizes)
        case _:
            return NUMBER


def _of_head(head: str, args: tuple[Tree, ...], sizes: Sizes) -> Shape:
    if head == "matrix":
        return _written(args)
    if head == "call":
        args = args[1:]
    if head in {"sum", "product"}:
        _note_ends(args[1:], sizes)
    if head == "index":
        return _member(args, sizes)
    found = [_walk(arg, sizes) for arg in args]
    if head in SAME:
        return _same([*found, (SPATIAL, ONE)] if head == "cross" else found, sizes)
    if head in {"mul", "dot", "inner"}:
        return _product(head, found, sizes)
    if head in SQUARE or (head == "pow" and found[0] != NUMBER):
        sizes.join(*found[0])
        return NUMBER if head in {"det", "trace"} else found[0]
    return _other(head, args, found, sizes)


def _note_ends(binders: tuple[Tree, ...], sizes: Sizes) -> None:
    """Note how far an index goes: where it indexes a vector, to the vector's end."""
    for binder in binders:
        match binder:
            case Apply("tuple", (Symbol(name), Number(_), Symbol(end))):
                sizes.ends[name] = COUNT + end
            case _:
                pass


def _member(args: tuple[Tree, ...], sizes: Sizes) -> Shape:
    whole, *places = args
    shape = _walk(whole, sizes)
    for place, size in zip(places, shape, strict=False):
        if isinstance(place, Symbol) and place.name in sizes.ends and shape != NUMBER:
            sizes.join(size, sizes.ends[place.name])
    return NUMBER


def _other(
    head: str, args: tuple[Tree, ...], found: list[Shape], sizes: Sizes
) -> Shape:
    if head in {"transpose", "adjoint"}:
        return found[0][1], found[0][0]
    if head == "normal":
        return _join_normal(found, sizes)
    if head == "div":
        return found[0]
    if head == "diag" and len(found) == 1:
        return found[0][0], found[0][0]
    if head == "gradient" and len(args) > 1:
        return found[1]
    if head == "identity":
        return (_sized(args), _sized(args)) if args else NUMBER
    if head in {"ones", "zeros"} and len(args) < 2:  # noqa: PLR2004  two make a matrix
        return _sized(args), ONE
    return NUMBER


def _join_normal(found: list[Shape], sizes: Sizes) -> Shape:
    """Give the place and the mean of a normal law one size, and its covariance too."""
    *columns, covariance = found
    column = _same(columns, sizes)
    if NUMBER not in (column, covariance):
        sizes.join(column[0], covariance[0])
        sizes.join(column[0], covariance[1])
    return NUMBER


def _sized(args: tuple[Tree, ...]) -> str:
    """Return the size of an identity: a letter for it becomes that size."""
    match args:
        case (Symbol(name),):
            return COUNT + name
        case (Number(value),):
            return str(value)
        case _:
            return UNSAID


def _written(args: tuple[Tree, ...]) -> Shape:
    columns = max((len(r.args) for r in args if isinstance(r, Apply)), default=1)
    return str(len(args)), str(columns)


def _same(found: list[Shape], sizes: Sizes) -> Shape:
    """Join the shapes of terms; a number among matrices is left alone."""
    shaped = [shape for shape in found if shape != NUMBER]
    for shape in shaped[1:]:
        sizes.join(shaped[0][0], shape[0])
        sizes.join(shaped[0][1], shape[1])
    return shaped[0] if shaped else NUMBER


def _product(head: str, found: list[Shape], sizes: Sizes) -> Shape:
    result = NUMBER
    for shape in found:
        if shape == NUMBER:
            continue
        if result == NUMBER:
            result = shape
            continue
        if head != "mul" and result[1] == shape[1] == ONE:
            sizes.join(result[0], shape[0])
            result = NUMBER
            continue
        if head == "dot" and result[1] == ONE:  # a vector before a matrix is a row
            sizes.join(result[0], shape[0])
            result = sizes.find(shape[1]), ONE
            continue
        sizes.join(result[1], shape[0])
        result = sizes.find(result[0]), sizes.find(shape[1])
    return result


SAME: Final = frozenset({"add", "neg", "hadamard", "cross", "eq"})
SQUARE: Final = frozenset({"det", "trace", "inverse", "exp"})
