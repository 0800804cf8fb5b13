"""What a compiled tree reads while it is evaluated: values, precision's plane, budget."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from flint import ctx, fmpq

from grader.maths.evaluation.levels import levels
from grader.maths.evaluation.matrices import Value
from grader.maths.evaluation.values import Budget, Plane
from grader.maths.evaluation.world import World
from grader.maths.tree import Tree


@dataclass(slots=True)
class Frame:
    """One evaluation: the point, the plane, and what is left of the budget.

    *rigorous* turns false as soon as a value rests on an error estimate instead of
    a bound (a quadrature, an infinite sum, a limit). *seed* changes the random
    models from point to point; families in *positive* have positive members; *opaque*
    collects the fingerprints of subterms that were taken as plain numbers, negative
    where the subterm has a value that only this engine does not know; *shifts* move
    the parameters of laws a little.
    """

    values: dict[str, Value] = field(default_factory=dict)
    plane: Plane = Plane.LINE
    odd_roots: bool = True
    budget: Budget = field(default_factory=Budget)
    rigorous: bool = True
    seed: int = 0
    positive: frozenset[str] = frozenset()
    world: World | None = None
    opaque: set[int] = field(default_factory=set)
    shifts: dict[str, fmpq] = field(default_factory=dict)

    @contextmanager
    def bound(self, name: str) -> Iterator[None]:
        """Give back what *name* stood for when a loop over it is over."""
        before = self.values.get(name)
        try:
            yield
        finally:
            if before is None:
                self.values.pop(name, None)
            else:
                self.values[name] = before

    @property
    def levels(self) -> tuple[fmpq, ...]:
        """The values that random variables take at this seed."""
        landmarks = () if self.world is None else self.world.landmarks
        return levels(self.seed, landmarks)

    @contextmanager
    def shifted(self, name: str, size: fmpq) -> Iterator[None]:
        """Move the parameter *name* of all laws by *size* inside the block."""
        before = self.shifts
        self.shifts = {**before, name: before.get(name, fmpq(0)) + size}
        try:
            yield
        finally:
            self.shifts = before


Code = Callable[[Frame], Value]
"""A tree compiled to a function of the frame."""

Compile = Callable[[Tree], Code]
Compiler = Callable[[tuple[Tree, ...], Compile], Code]
"""What makes code of a head's arguments; it is given the way to compile them."""


@contextmanager
def precision(bits: int) -> Iterator[None]:
    """Work with balls of *bits* bits inside the block."""
    before = ctx.prec
    ctx.prec = bits
    try:
        yield
    finally:
        ctx.prec = before
