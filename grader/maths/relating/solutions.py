"""Expected statement and given statement -> do they have the same solutions?

All names but one are fixed at points of their domains; along the free one the
solutions are found and compared, and each name is free in turn.
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product
from typing import Final

from flint import fmpq

from grader.maths.deciding.survey import survey
from grader.maths.domain import COMPLEX, REAL, Domain, Kind
from grader.maths.evaluation.evaluate import compiled, run
from grader.maths.evaluation.frame import Frame, precision
from grader.maths.evaluation.values import Budget, Plane, Undefined
from grader.maths.finding import Finding, unknown
from grader.maths.forms.written import subtrees
from grader.maths.relating.lines import lines_through
from grader.maths.relating.slices import places_on_line
from grader.maths.relating.statements import (
    FALSE,
    TRUE,
    comparisons_in,
    propositions_in,
)
from grader.maths.relating.systems import solutions_of
from grader.maths.relating.telling import Tally, shown, verdict_on
from grader.maths.relating.verity import Statement, compile_statement
from grader.maths.relating.zeros import SPARSE_GRID
from grader.maths.setting import Setting
from grader.maths.tree import Apply, Tree, symbols_of

MOST_PROPOSITIONS: Final = 10
NUMBERS: Final = frozenset({Kind.REAL, Kind.COMPLEX, Kind.INTEGER})
NOT_OF_NUMBERS: Final = frozenset(
    {"matrix", "transpose", "adjoint", "inverse", "det", "trace", "rank", "diag"}
    | {"identity", "zeros", "ones", "hadamard", "kronecker", "dot", "cross", "inner"}
    | {"norm", "expectation", "variance", "covariance", "probability", "given"}
    | {"entropy", "kl", "js", "tv", "mutual_information", "normal", "bernoulli"}
    | {"uniform", "distributed", "gradient", "divergence", "laplacian", "partial"}
    | {"argmax", "argmin", "extremum_max", "extremum_min"}
)
"""Heads that make vectors, matrices, laws or functions of what they are given."""


@dataclass(frozen=True, slots=True)
class Pair:
    """The two statements, unfolded and compiled, and the names they are about."""

    expected: Statement
    given: Statement
    comparisons: Sequence[Apply]
    domains: Mapping[str, Domain]
    frame: Frame
    tally: Tally = field(default_factory=Tally)

    def test(self, *, by_chance: bool = True) -> None:
        """Hold the two statements against each other at the frame's point.

        A point that was not met *by chance* but chosen counts only if everything
        has a value there: `1/x + 1/y = 2` excludes what `x + y = 2 x y` does not.
        """
        expected, given = self.expected(self.frame), self.given(self.frame)
        tally = self.tally
        unfair = expected is not given and not by_chance and not self._is_defined()
        if expected is None or given is None or unfair:
            tally.doubtful += 1
        elif expected and given:
            tally.both += 1
        elif not (expected or given):
            tally.neither += 1
        elif given:
            if tally.gained is None:
                tally.gained = shown(self.frame.values)
        elif tally.lost is None:
            tally.lost = shown(self.frame.values)

    def is_late(self) -> bool:
        """Return whether the time is up, and note it."""
        late = time.monotonic() > self.frame.budget.deadline
        self.tally.cut = self.tally.cut or late
        return late

    def _is_defined(self) -> bool:
        values = (
            run(compiled(side), self.frame)
            for comparison in self.comparisons
            for side in comparison.args
        )
        return not any(isinstance(value, Undefined) for value in values)


def compare_solutions(expected: Tree, given: Tree, setting: Setting) -> Finding:
    """Return whether two unfolded statements hold at the same points."""
    if not speaks_of_numbers(expected, given, setting):
        return unknown("not-about-numbers")
    propositions = sorted(propositions_in(expected) | propositions_in(given))
    if len(propositions) > MOST_PROPOSITIONS:
        return unknown("too-many-propositions")
    tally = Tally()
    budget = Budget(setting.steps, time.monotonic() + setting.seconds)
    for truths in product((True, False), repeat=len(propositions)):
        known = dict(zip(propositions, truths, strict=True))
        pair = _pair(expected, given, setting, known)
        pair.frame.budget = budget
        pair.tally.complete = tally.complete
        with precision(setting.first_bits):
            _run_through(pair, expected, given)
        tally.add(pair.tally, known)
        if tally.gained is not None and tally.lost is not None:
            break
    names = symbols_of(expected) | symbols_of(given)
    several = len(names) - len(propositions) > 1
    finding = verdict_on(tally, several_names=several)
    if finding.equal and not tally.both and not setting.complex_numbers:
        return _beyond_the_reals(expected, given, setting, finding)
    return finding


def _beyond_the_reals(
    expected: Tree, given: Tree, setting: Setting, finding: Finding
) -> Finding:
    """Return *finding* unless two equations without real solutions have others.

    `x^2 + 1 = 0` and `x^2 + 4 = 0` are alike over the reals, and few would say so;
    where the reals were declared, or one side says that nothing solves it, they are.
    """
    both = [comparisons_in(tree) for tree in (expected, given)]
    equations = all(each.head == "eq" for side in both for each in side)
    if not (equations and symbols_of(expected) and symbols_of(given)):
        return finding
    if setting.domains:
        return finding
    wider = compare_solutions(expected, given, replace(setting, complex_numbers=True))
    if not wider.different:
        return finding
    return replace(wider, notes=(*wider.notes, "no-real-solutions"))


def speaks_of_numbers(expected: Tree, given: Tree, setting: Setting) -> bool:
    """Return whether all names are numbers, and all heads functions of numbers."""
    names = symbols_of(expected) | symbols_of(given)
    kinds = {setting.domain_of(name).kind for name in names}
    heads = {
        part.head
        for tree in (expected, given)
        for part in subtrees(tree)
        if isinstance(part, Apply)
    }
    return kinds <= NUMBERS and heads.isdisjoint(NOT_OF_NUMBERS)


def _pair(
    expected: Tree, given: Tree, setting: Setting, known: Mapping[str, bool]
) -> Pair:
    comparisons = (*comparisons_in(expected), *comparisons_in(given))
    seen = survey(*comparisons)
    usual = COMPLEX if seen.imaginary or setting.complex_numbers else REAL
    domains = {
        name: setting.domains.get(name) or seen.hints.get(name, usual)
        for name in seen.free
    }
    is_complex = any(domain.kind is Kind.COMPLEX for domain in domains.values())
    frame = Frame(
        plane=Plane.COMPLEX if is_complex or seen.imaginary else Plane.LINE,
        odd_roots=setting.real_odd_roots,
    )
    return Pair(
        compile_statement(expected, known),
        compile_statement(given, known),
        comparisons,
        domains,
        frame,
    )


def _run_through(pair: Pair, expected: Tree, given: Tree) -> None:
    if not pair.domains:
        pair.test()
        return
    _along_lines(pair)
    if {TRUE, FALSE} & {expected, given} and len(pair.domains) == 1:
        _all_along(pair)
    for statement in (expected, given):
        if pair.tally.differs or pair.is_late():
            return
        for point in solutions_of(statement, pair.domains, pair.frame):
            pair.frame.values = dict(point)
            pair.test()


def _all_along(pair: Pair) -> None:
    """Test what ought to be true, or false, everywhere at places all along the line."""
    ((name, domain),) = pair.domains.items()
    if pair.frame.plane is not Plane.LINE or domain.kind is not Kind.REAL:
        return
    for place in SPARSE_GRID:
        if domain.holds(place):
            pair.frame.values[name] = fmpq(place.numerator, place.denominator)
            pair.test()
    pair.tally.throughout = True


def _along_lines(pair: Pair) -> None:
    searched: set[str] = set()
    for name, point, by_chance in lines_through(pair.comparisons, pair.domains):
        if pair.tally.differs or pair.is_late():
            return
        if name in searched and len(searched) < len(pair.domains):
            continue  # other names are solved for exactly, and at less cost
        pair.frame.values = dict(point)
        if not _test_line(pair, name, by_chance=by_chance):
            searched.add(name)


def _test_line(pair: Pair, name: str, *, by_chance: bool) -> bool:
    """Test all along a line; return whether every telling place on it was known."""
    places = places_on_line(
        pair.comparisons,
        name,
        pair.frame,
        pair.domains[name],
        thorough=len(pair.domains) == 1,
    )
    pair.tally.complete = pair.tally.complete and places.complete
    for place in places.found:
        if pair.is_late():
            break
        pair.frame.values[name] = place
        pair.test(by_chance=by_chance)
    return places.complete
