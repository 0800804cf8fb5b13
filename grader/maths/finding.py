"""What deciding brings back: a verdict in three values, and its evidence as facts."""

from dataclasses import dataclass
from enum import StrEnum


class Truth(StrEnum):
    """Whether two pieces of mathematics say the same."""

    EQUAL = "equal"
    DIFFERENT = "different"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A verdict and why: how it was reached, and where the two part ways.

    *method* is one of `identical` (the same tree after sorting), `exact` (the same
    function by exact arithmetic), `agreed` (equal balls at *points* points to
    *digits* digits), `proved-different` (balls that do not meet at *witness*),
    `measured-different` (far apart by numerical means without a proof, such as a
    quadrature), `shape` (not the same kind of thing), `domains` (nowhere defined
    together), or `none`. *reason* refines it with a code; *notes* are codes with
    facts after a colon, such as `equal-for: x > 0` or `given-undefined: x = 0`.
    """

    truth: Truth
    method: str = "none"
    points: int = 0
    digits: int = 0
    witness: tuple[tuple[str, str], ...] = ()
    expected_value: str | None = None
    given_value: str | None = None
    place: str = ""
    reason: str = ""
    notes: tuple[str, ...] = ()

    @property
    def equal(self) -> bool:
        """Whether equality was established."""
        return self.truth is Truth.EQUAL

    @property
    def different(self) -> bool:
        """Whether a difference was established."""
        return self.truth is Truth.DIFFERENT


def unknown(reason: str, *notes: str) -> Finding:
    """Return the finding that nothing could be decided."""
    return Finding(truth=Truth.UNKNOWN, reason=reason, notes=notes)


def unlike(reason: str) -> Finding:
    """Return the finding that the two are different by how they are made."""
    return Finding(truth=Truth.DIFFERENT, method="shape", reason=reason)


def agreed() -> Finding:
    """Return the finding that the two agree."""
    return Finding(truth=Truth.EQUAL, method="agreed")


def told(reason: str, *, holds: bool) -> Finding:
    """Return that the two agree where a test *holds*, or its *reason* where not."""
    return agreed() if holds else unlike(reason)
