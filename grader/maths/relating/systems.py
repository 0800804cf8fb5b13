"""A statement in several names -> points at which its equations hold together.

Equations with one unknown left are solved; where none has, a linear one gives a
name in terms of the others, a resultant removes one, or a name is set to a number.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice, product
from typing import Final

from flint import fmpq

from grader.maths.domain import Domain
from grader.maths.evaluation.evaluate import compiled, run
from grader.maths.evaluation.frame import Frame
from grader.maths.evaluation.matrices import Value
from grader.maths.evaluation.values import Undefined
from grader.maths.forms.polynomials import (
    NotPolynomialError,
    Polynomial,
    Ring,
    degree_in,
    place_of,
    ring_of,
)
from grader.maths.relating.slices import places_on_line
from grader.maths.relating.statements import comparisons_in, replaced
from grader.maths.tree import Apply, Number, Symbol, Tree, apply, symbols_of

MOST_CASES: Final = 16
MOST_SOLUTIONS: Final = 24
LARGEST_DEGREE: Final = 8
PLAIN_VALUES: Final = (fmpq(2), fmpq(-3), fmpq(5, 7), fmpq(0), fmpq(-1, 3), fmpq(1))


@dataclass(frozen=True, slots=True)
class Unsolved:
    """Equations still to be solved, names already known, and names given by others."""

    equations: tuple[Apply, ...]
    point: Mapping[str, Value]
    given_by: tuple[tuple[str, Tree], ...] = ()


def solutions_of(
    statement: Tree, domains: Mapping[str, Domain], frame: Frame
) -> Iterator[dict[str, Value]]:
    """Yield some points at which a case of *statement* may hold."""
    for equations in islice(_cases(statement), MOST_CASES):
        if len(equations) > 1:
            solver = Solver(domains, frame)
            found = solver.solve(Unsolved(equations, {}), len(domains) + 2)
            yield from islice(found, MOST_SOLUTIONS)


def _cases(statement: Tree) -> Iterator[tuple[Apply, ...]]:
    """Yield the equations of each way in which a statement can be true."""
    match statement:
        case Apply("or", args):
            for arg in args:
                yield from _cases(arg)
        case Apply("and", args):
            for choice in product(*(list(islice(_cases(a), 8)) for a in args)):
                yield tuple(equation for part in choice for equation in part)
        case Apply("eq", _):
            yield comparisons_in(statement)
        case _:
            yield ()


@dataclass(frozen=True, slots=True)
class Solver:
    """What stays the same while a system is solved."""

    domains: Mapping[str, Domain]
    frame: Frame

    def solve(self, state: Unsolved, depth: int) -> Iterator[dict[str, Value]]:
        """Yield points that solve what is left, as far as they can be found."""
        open_names = self._open_names(state)
        ready = [e for e in state.equations if len(symbols_of(e) & open_names) == 1]
        if depth <= 0:
            return
        if not open_names:
            yield from self._finished(state)
        elif ready:
            yield from self._solve_one(state, ready[0], depth)
        elif (linear := self._linear(state, open_names)) is not None:
            yield from self.solve(linear, depth - 1)
        else:
            yield from self._reduce(state, open_names, depth)

    def _open_names(self, state: Unsolved) -> frozenset[str]:
        known = set(state.point) | {name for name, _ in state.given_by}
        return frozenset(self.domains) - known

    def _finished(self, state: Unsolved) -> Iterator[dict[str, Value]]:
        point = dict(state.point)
        for name, tree in reversed(state.given_by):
            self.frame.values = dict(point)
            value = run(compiled(tree), self.frame)
            if isinstance(value, Undefined):
                return
            point[name] = value
        yield point

    def _solve_one(
        self, state: Unsolved, equation: Apply, depth: int
    ) -> Iterator[dict[str, Value]]:
        name = min(symbols_of(equation) & self._open_names(state))
        self.frame.values = dict(state.point)
        places = places_on_line([equation], name, self.frame, self.domains[name])
        rest = tuple(e for e in state.equations if e is not equation)
        for place in places.found[:LARGEST_DEGREE]:
            point = {**state.point, name: place}
            yield from self.solve(Unsolved(rest, point, state.given_by), depth - 1)

    def _linear(self, state: Unsolved, names: frozenset[str]) -> Unsolved | None:
        for equation in state.equations:
            gap = _gap(equation)
            for name in sorted(names & symbols_of(equation)):
                tree = _isolated(gap, name)
                if tree is not None:
                    return _substituted(state, equation, name, tree)
        return None

    def _reduce(
        self, state: Unsolved, names: frozenset[str], depth: int
    ) -> Iterator[dict[str, Value]]:
        shared = frozenset().union(*map(symbols_of, state.equations)) & names
        if len(state.equations) > 1 and len(shared) == len(state.equations):
            extra = _without_one_name(state.equations, sorted(shared))
            if extra is not None:
                more = Unsolved((*state.equations, extra), state.point, state.given_by)
                yield from self.solve(more, depth - 1)
                return
        name = min(names)
        for value in PLAIN_VALUES[:3]:
            point = {**state.point, name: value}
            fixed = Unsolved(state.equations, point, state.given_by)
            yield from self.solve(fixed, depth - 1)


def _gap(equation: Apply) -> Tree:
    return apply("add", equation.args[0], apply("neg", equation.args[1]))


def _substituted(state: Unsolved, equation: Apply, name: str, tree: Tree) -> Unsolved:
    rest = tuple(e for e in state.equations if e is not equation)
    known = {name: tree}
    equations = tuple(
        Apply(e.head, tuple(replaced(side, known) for side in e.args)) for e in rest
    )
    return Unsolved(equations, state.point, (*state.given_by, (name, tree)))


def _isolated(gap: Tree, name: str) -> Tree | None:
    """Return what *name* must be for *gap* to vanish, if it stands there once."""
    try:
        ring = ring_of(gap)
        whole = ring.quotient(gap).above
    except NotPolynomialError:
        return None
    generator = ring.generators.get(Symbol(name))
    hidden = any(
        name in symbols_of(tree) for tree in ring.generators if tree != Symbol(name)
    )
    if generator is None or hidden or degree_in(whole, generator) != 1:
        return None
    slope = whole.derivative(place_of(generator))
    rest = tree_of(whole - slope * generator, ring)
    return apply("neg", apply("div", rest, tree_of(slope, ring)))


def tree_of(polynomial: Polynomial, ring: Ring) -> Tree:
    """Return *polynomial* written out."""
    bases = list(ring.generators)
    terms: list[Tree] = []
    for exponents, value in polynomial.to_dict().items():
        powers = [
            apply("pow", base, Number(Fraction(int(times))))
            for base, times in zip(bases, exponents, strict=True)
            if times
        ]
        number = Number(Fraction(int(value.p), int(value.q)))
        terms.append(Apply("mul", (number, *powers)))
    return Apply("add", tuple(terms))


def _without_one_name(equations: tuple[Apply, ...], names: list[str]) -> Apply | None:
    """Return what two of the equations say once a name is removed from them."""
    gaps = [_gap(equation) for equation in equations[:2]]
    try:
        ring = ring_of(*gaps)
        one, two = (ring.quotient(gap).above for gap in gaps)
    except NotPolynomialError:
        return None
    generator = ring.generators.get(Symbol(names[0]))
    if generator is None or len(ring.generators) != len(names):
        return None
    if max(one.total_degree(), two.total_degree()) > LARGEST_DEGREE:
        return None
    left = one.resultant(two, place_of(generator))
    zero = Number(Fraction(0))
    return None if left == 0 else apply("eq", tree_of(left, ring), zero)
