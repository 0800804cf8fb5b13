"""Numbers that a tree compares with -> points at them and close by on both sides."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Final

from grader.maths.domain import Domain, Kind
from grader.maths.matrices import Value
from grader.maths.points import points
from grader.maths.values import to_scalar

NEAR: Final = Fraction(1, 7)
MOST_LANDMARKS: Final = 8
MOST_NAMES: Final = 4


def landmark_points(
    domains: Mapping[str, Domain], landmarks: set[Fraction], *, seed: int
) -> Iterator[dict[str, Value]]:
    """Return points that have one coordinate at, or just beside, a landmark."""
    numeric = [
        name
        for name in sorted(domains)
        if domains[name].kind in {Kind.REAL, Kind.INTEGER, Kind.COMPLEX}
    ]
    others = points(domains, seed=seed)
    for landmark in sorted(landmarks)[:MOST_LANDMARKS]:
        for name in numeric[:MOST_NAMES]:
            for shift, point in zip((Fraction(0), NEAR, -NEAR), others, strict=False):
                value = landmark + shift
                if domains[name].holds(value):
                    yield {**point, name: to_scalar(value)}
