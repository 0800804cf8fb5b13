"""Expected statement and given statement -> do they have the same solutions?

All names but one are fixed at points of their domains; along the free one the
solutions are found and compared, and each name is free in turn.
"""

import hashlib
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, product
from typing import Final

from flint import acb, arb

from grader.maths.domain import COMPLEX, REAL, Domain, Kind
from grader.maths.finding import Finding, Truth, unknown
from grader.maths.frame import Frame, precision
from grader.maths.matrices import Value
from grader.maths.points import points
from grader.maths.setting import Setting
from grader.maths.slices import places_on_line
from grader.maths.statements import comparisons_in, propositions_in
from grader.maths.systems import solutions_of
from grader.maths.tree import Apply, Constant, Tree, symbols_of
from grader.maths.values import Budget, Plane
from grader.maths.verity import Statement, compile_statement
from grader.maths.written import subtrees

SLICES_A_NAME: Final = 4
MOST_PROPOSITIONS: Final = 10


@dataclass(slots=True)
class Tally:
    """What was seen so far: points where both hold, where neither does, and doubts."""

    both: int = 0
    neither: int = 0
    doubtful: int = 0
    complete: bool = True
    gained: tuple[tuple[str, str], ...] | None = None
    lost: tuple[tuple[str, str], ...] | None = None

    @property
    def differs(self) -> bool:
        """Whether the two were seen to differ anywhere."""
        return self.gained is not None or self.lost is not None


@dataclass(frozen=True, slots=True)
class Pair:
    """The two statements, unfolded and compiled, and the names they are about."""

    expected: Statement
    given: Statement
    comparisons: Sequence[Apply]
    domains: Mapping[str, Domain]
    frame: Frame
    tally: Tally = field(default_factory=Tally)

    def test(self) -> None:
        """Hold the two statements against each other at the frame's point."""
        expected, given = self.expected(self.frame), self.given(self.frame)
        tally = self.tally
        if expected is None or given is None:
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


def shown(values: Mapping[str, Value]) -> tuple[tuple[str, str], ...]:
    """Return a point as words."""
    return tuple((name, _in_words(value)) for name, value in sorted(values.items()))


def _in_words(value: Value) -> str:
    return value.str(12, radius=False) if isinstance(value, arb | acb) else str(value)


def compare_solutions(expected: Tree, given: Tree, setting: Setting) -> Finding:
    """Return whether two unfolded statements hold at the same points."""
    propositions = sorted(propositions_in(expected) | propositions_in(given))
    if len(propositions) > MOST_PROPOSITIONS:
        return unknown("too-many-propositions")
    tally = Tally()
    for truths in product((True, False), repeat=len(propositions)):
        known = dict(zip(propositions, truths, strict=True))
        pair = _pair(expected, given, setting, known)
        pair.tally.complete = tally.complete
        with precision(setting.first_bits):
            _run_through(pair, expected, given)
        _add(tally, pair.tally, known)
        if tally.gained is not None and tally.lost is not None:
            break
    return _verdict(tally)


def _add(total: Tally, part: Tally, known: Mapping[str, bool]) -> None:
    words = tuple((name, str(truth).lower()) for name, truth in known.items())
    total.both += part.both
    total.neither += part.neither
    total.doubtful += part.doubtful
    total.complete = total.complete and part.complete
    if total.gained is None and part.gained is not None:
        total.gained = (*words, *part.gained)
    if total.lost is None and part.lost is not None:
        total.lost = (*words, *part.lost)


def _pair(
    expected: Tree, given: Tree, setting: Setting, known: Mapping[str, bool]
) -> Pair:
    comparisons = (*comparisons_in(expected), *comparisons_in(given))
    names = frozenset().union(*map(symbols_of, comparisons)) if comparisons else ()
    imaginary = any(
        part == Constant("i") for each in comparisons for part in subtrees(each)
    )
    usual = COMPLEX if imaginary or setting.complex_numbers else REAL
    domains = {name: setting.domains.get(name, usual) for name in names}
    is_complex = any(domain.kind is Kind.COMPLEX for domain in domains.values())
    frame = Frame(
        plane=Plane.COMPLEX if is_complex or imaginary else Plane.LINE,
        odd_roots=setting.real_odd_roots,
        budget=Budget(setting.steps, time.monotonic() + setting.seconds),
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
    searched: set[str] = set()
    for name, point in _slices(pair):
        if name in searched and len(searched) < len(pair.domains):
            continue  # other names are solved for exactly, and at less cost
        pair.frame.values = dict(point)
        if not _test_line(pair, name):
            searched.add(name)
        if pair.tally.differs:
            return
    for statement in (expected, given):
        for point in solutions_of(statement, pair.domains, pair.frame):
            pair.frame.values = dict(point)
            pair.test()


def _slices(pair: Pair) -> Iterator[tuple[str, dict[str, Value]]]:
    names = sorted(pair.domains)
    if len(names) == 1:
        yield names[0], {}
        return
    seed = seed_of(*pair.comparisons)
    for point in islice(points(pair.domains, seed=seed), SLICES_A_NAME):
        for name in names:
            rest = {other: point[other] for other in names if other != name}
            yield name, rest


def seed_of(*trees: Tree) -> int:
    """Return a number that depends on the trees alone, the same in every run."""
    digest = hashlib.sha256(repr(trees).encode()).digest()
    return int.from_bytes(digest[:8])


def _test_line(pair: Pair, name: str) -> bool:
    """Test all along a line; return whether every telling place on it was known."""
    places = places_on_line(pair.comparisons, name, pair.frame, pair.domains[name])
    pair.tally.complete = pair.tally.complete and places.complete
    for place in places.found:
        pair.frame.values[name] = place
        pair.test()
    return places.complete


def _verdict(tally: Tally) -> Finding:
    if tally.differs:
        notes = [
            f"{word}-solution: " + ", ".join(f"{name} = {at}" for name, at in point)
            for word, point in (("gained", tally.gained), ("lost", tally.lost))
            if point
        ]
        reason = "solutions-differ"
        if tally.lost is None:
            reason = "gained-solutions"
        elif tally.gained is None:
            reason = "lost-solutions"
        return Finding(
            truth=Truth.DIFFERENT,
            method="proved-different",
            reason=reason,
            witness=tally.gained or tally.lost or (),
            expected_value="true" if tally.gained is None else "false",
            given_value="false" if tally.gained is None else "true",
            notes=tuple(notes),
        )
    seen = tally.both + tally.neither
    settled = tally.complete or (tally.both and tally.neither)
    if settled and seen and tally.doubtful * 2 <= seen:
        return Finding(truth=Truth.EQUAL, method="agreed", points=seen)
    return unknown("no-solutions-found" if not tally.both else "too-wide")
