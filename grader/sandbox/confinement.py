"""How far submissions are to be confined, and what is asked for at least."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from grader.errors import SandboxError

# what keeps a class's work and the machine apart from one submission
ESSENTIAL: Final = frozenset(
    {
        "reads own files only",
        "writes own folder only",
        "no network",
        "no new processes",
        "no other programs",
        "no signals to others",
        "no sight of other processes",
    }
)
OPTIONAL: Final = frozenset(
    {"memory limit", "no new privileges", "no powers of root", "a user of its own"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Confinement:
    """What is put on a submission's process, and what grading insists on.

    *confined* puts on every layer that the platform has. *require* names protections
    without which nothing is run; *allow_unconfined* lets a platform do that has only
    the separate process, as for a student's check of their own work.
    """

    confined: bool = True
    require: frozenset[str] = frozenset()
    allow_unconfined: bool = True

    def refuse_less(self, protections: Iterable[tuple[str, bool]]) -> None:
        """Raise unless the protections that were found are enough.

        Raises:
            SandboxError: one is missing; it is named.
        """
        on = {name for name, holds in protections if holds}
        wanted = self.require | (frozenset() if self.allow_unconfined else ESSENTIAL)
        lacking = sorted(wanted - on)
        if lacking:
            raise SandboxError(
                where="confining what students hand in",
                what=f"this machine does not give: {', '.join(lacking)}",
                mend="grade on Linux 5.13 or later, or in a container; where you trust "
                "the submissions, allow unconfined grading",
            )
