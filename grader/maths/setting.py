"""What a question lays down before two answers are held side by side."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from grader.maths.domain import REAL, Domain

SECONDS_A_DECISION: Final = 1.5
"""A grader that judges hundreds of answers must never wait long for one of them."""

STEPS_A_DECISION: Final = 400_000
"""Loop rounds (terms of a sum, nodes of a quadrature) that one decision may take."""

POINTS_TO_AGREE: Final = 12
"""Points at which two expressions must agree before they are called equal."""

FIRST_BITS: Final = 256
LAST_BITS: Final = 4096
"""Where precision starts, and where doubling it stops."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """Domains by name, and the limits within which to decide.

    A name without a domain is real, unless the notation around it says otherwise
    (a transpose makes a vector, an index bound makes an integer). *complex_numbers*
    makes every undeclared name complex. *real_odd_roots* takes `x^(1/3)` of a
    negative number as its real root, as courses on calculus do.
    """

    domains: Mapping[str, Domain] = field(default_factory=lambda: MappingProxyType({}))
    complex_numbers: bool = False
    real_odd_roots: bool = True
    points: int = POINTS_TO_AGREE
    seconds: float = SECONDS_A_DECISION
    steps: int = STEPS_A_DECISION
    first_bits: int = FIRST_BITS
    last_bits: int = LAST_BITS

    def domain_of(self, name: str) -> Domain:
        """Return the declared domain of *name*, or the reals."""
        return self.domains.get(name, REAL)


DEFAULT: Final = Setting()
