"""Domains -> points: exact rationals that print well, the telling ones first.

The order is fixed by a seed that comes from the trees themselves, so that a verdict
does not change from one run to the next. Sizes vary from point to point (below one,
around one, and large) in turns of seven, and so do the signs in turns of powers of
two: every size meets every pattern of signs.
"""

import random
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Final

from flint import acb

from grader.maths.domain import Domain, Kind
from grader.maths.evaluation.matrices import Value
from grader.maths.evaluation.values import to_scalar

DENOMINATORS: Final = (2, 3, 4, 5, 7, 8, 9, 11, 13)
LARGEST_NUMERATOR: Final = 40
SIZES: Final = ((0, 1), (1, 3), (0, 1), (1, 2), (2, 6), (0, 1), (3, 12))
WIDE_SIZES: Final = (*SIZES[:5], (20, 90), (100, 999))
LARGEST_INDEX: Final = 11
"""Integers stay small: they are often where a sum ends, or under a factorial."""


def points(
    domains: Mapping[str, Domain], *, seed: int, wide: bool = False
) -> Iterator[dict[str, Value]]:
    """Return points without end at which every name takes a value of its domain."""
    source = random.Random(seed)  # noqa: S311  repeatable on purpose
    names = sorted(domains)
    sizes = WIDE_SIZES if wide else SIZES
    turn = 0
    while True:
        size = sizes[turn % len(sizes)]
        mixed = turn // len(sizes) % 2
        yield {
            name: _value(
                domains[name],
                source,
                size=source.choice(sizes) if mixed else size,
                flip=turn >> at & 1,
            )
            for at, name in enumerate(names)
        }
        turn += 1


def _value(
    domain: Domain, source: random.Random, *, size: tuple[int, int], flip: int
) -> Value:
    if domain.kind is Kind.COMPLEX:
        parts = [_real(Domain(), source, size, at) for at in (flip, turn_of(source))]
        return acb(*(to_scalar(_dyadic(part)) for part in parts))
    if domain.kind is Kind.INTEGER:
        return to_scalar(_integer(domain, source, flip))
    return to_scalar(_real(domain, source, size, flip))


def _dyadic(value: Fraction) -> Fraction:
    """Return a number close by that a ball of any precision holds exactly."""
    return Fraction(value.numerator * 128 // value.denominator * 2 + 1, 256)


def turn_of(source: random.Random) -> int:
    """Return a coin's side."""
    return source.getrandbits(1)


def _integer(domain: Domain, source: random.Random, flip: int) -> Fraction:
    low, high = domain.low, domain.high
    if low is None and high is None:
        size = source.randint(1, LARGEST_INDEX)
        return Fraction(-size if flip else size)
    first = _first_integer(domain)
    reach = source.randint(0, LARGEST_INDEX)
    value = first + reach if low is not None else first - reach
    return value if domain.holds(value) else first


def _first_integer(domain: Domain) -> Fraction:
    if domain.low is not None:
        first = Fraction(-(-domain.low.numerator // domain.low.denominator))
        return first if domain.holds(first) else first + 1
    last = domain.high or Fraction(0)
    first = Fraction(last.numerator // last.denominator)
    return first if domain.holds(first) else first - 1


def _real(
    domain: Domain, source: random.Random, size: tuple[int, int], flip: int
) -> Fraction:
    low, high = domain.low, domain.high
    if low is not None and high is not None:
        return low + (high - low) * _between(source, (0, 1))
    reach = _between(source, size)
    if low is not None:
        return low + reach
    if high is not None:
        return high - reach
    return -reach if flip else reach


def _between(source: random.Random, size: tuple[int, int]) -> Fraction:
    """Return a rational strictly between two integers, with a small denominator."""
    low, high = size
    below = source.choice(DENOMINATORS)
    return Fraction(source.randint(low * below + 1, high * below - 1), below)
