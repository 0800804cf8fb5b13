"""How far submissions are to be confined, and what is asked for at least."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final, Literal, Self

from grader.errors import SandboxError

Engine = Literal["fork", "kernel"]

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
    {
        "memory limit",
        "no new privileges",
        "no powers of root",
        "a user of its own",
        "no network but its own",
    }
)
# what a rubric's `engine: kernel` takes back, and what has to stand in for it
_GIVEN_UP: Final = frozenset({"no network", "no new processes", "no other programs"})
_IN_RETURN: Final = frozenset({"no network but its own"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Confinement:
    """What is put on a submission's process, and what grading insists on.

    *confined* puts on every layer that the platform has. *require* names protections
    without which nothing is run; *allow_unconfined* lets a platform do that has only
    the separate process, as for a student's check of their own work. *engine* is the
    one that the rubric chose: a kernel has a weaker profile of its own.
    """

    confined: bool = True
    require: frozenset[str] = frozenset()
    allow_unconfined: bool = True
    engine: Engine = "fork"

    def under(self, engine: Engine) -> Self:
        """Return the same wish for work that is run by *engine*."""
        return replace(self, engine=engine)

    def refuse_less(self, protections: Iterable[tuple[str, bool]]) -> None:
        """Raise unless the protections that were found are enough.

        Raises:
            SandboxError: one is missing; it is named.
        """
        on = {name for name, holds in protections if holds}
        if "no network" in on:
            on |= _IN_RETURN
        wanted = self.require | (frozenset() if self.allow_unconfined else self._usual)
        lacking = sorted(wanted - on)
        if self.engine == "kernel" and not _GIVEN_UP.isdisjoint(lacking):
            raise SandboxError(
                where="run: engine",
                what=f"a kernel's profile does not give: {', '.join(lacking)}",
                mend="leave the rubric's `engine: kernel` out, or do not require this",
            )
        if lacking:
            raise SandboxError(
                where="confining what students hand in",
                what=f"this machine does not give: {', '.join(lacking)}",
                mend="grade on Linux 5.13 or later, or in a container; where you trust "
                "the submissions, allow unconfined grading",
            )

    @property
    def _usual(self) -> frozenset[str]:
        if self.engine == "fork":
            return ESSENTIAL
        return ESSENTIAL - _GIVEN_UP | _IN_RETURN
