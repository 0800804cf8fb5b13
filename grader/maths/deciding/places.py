"""Arguments at whose zeros a tree changes its course -> points on both sides of them.

`|x - 3|` and `|x - 3.01|` differ on the line almost nowhere. Where such an argument
is linear in a name, its zero is found by a secant, and a point is put between any
two neighbouring zeros of either side; at a zero itself, too, if it is a relation's.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, pairwise
from typing import Final

from flint import fmpq

from grader.maths.deciding.points import points
from grader.maths.deciding.survey import Kink
from grader.maths.domain import Domain, Kind
from grader.maths.evaluation.evaluate import compiled, run
from grader.maths.evaluation.frame import Code, Frame
from grader.maths.evaluation.matrices import Value
from grader.maths.evaluation.powers import as_fraction

NEAR: Final = fmpq(1, 7)
MOST_NAMES: Final = 4
BASES: Final = 2
"""Points from which zeros are sought along each name."""


def points_at_kinks(
    domains: Mapping[str, Domain], kinks: Sequence[Kink], *, seed: int
) -> Iterator[dict[str, Value]]:
    """Return points beside, between and at the zeros of the kinks."""
    codes = [(compiled(kink.argument), kink.at_zero) for kink in kinks]
    names = [
        name
        for name in sorted(domains)
        if domains[name].kind in {Kind.REAL, Kind.INTEGER}
    ][:MOST_NAMES]
    for base in islice(points(domains, seed=seed), BASES):
        for name in names:
            for value in _telling(codes, base, name):
                if domains[name].holds(as_fraction(value)):
                    yield {**base, name: value}


def _telling(
    codes: Sequence[tuple[Code, bool]], base: Mapping[str, Value], name: str
) -> list[fmpq]:
    found = [(_zero(code, base, name), at_zero) for code, at_zero in codes]
    zeros = sorted({zero for zero, _ in found if zero is not None})
    if not zeros:
        return []
    between = [(low + high) / 2 for low, high in pairwise(zeros)]
    exact = [zero for zero, at_zero in found if zero is not None and at_zero]
    return [*between, zeros[0] - NEAR, zeros[-1] + NEAR, *exact]


def _zero(code: Code, base: Mapping[str, Value], name: str) -> fmpq | None:
    """Return the zero along *name* if the argument is linear in it."""
    start = base[name]
    if not isinstance(start, fmpq):
        return None
    values = [_value(code, base, name, start + step) for step in (0, 1)]
    if values[0] is None or values[1] is None or values[0] == values[1]:
        return None
    zero = start - values[0] / (values[1] - values[0])
    return zero if _value(code, base, name, zero) == 0 else None


def _value(code: Code, base: Mapping[str, Value], name: str, at: fmpq) -> fmpq | None:
    value = run(code, Frame(values={**base, name: at}))
    return value if isinstance(value, fmpq) else None
