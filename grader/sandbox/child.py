"""What the trusted side holds of a worker: its process, the wire to it, and its end.

How it came to be is its starter's: a fork of a zygote, or a fresh interpreter.
"""

from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Protocol, Self

from grader.sandbox.link import Link


@dataclass(frozen=True, slots=True)
class End:
    """How a worker ended: exit code (negative: signal), CPU seconds, orphans killed.

    No *status* where it did not end by itself.
    """

    status: int | None
    cpu_seconds: float
    left: int


@dataclass(frozen=True, slots=True)
class Child:
    """A running worker; *reap* kills it and all that it started.

    One that is ending by itself is given so many seconds to do so.
    """

    pid: int
    link: Link
    reap: Callable[[float], End]

    def end(self, patience: float) -> End:
        """Kill it and all that it started, and take what it still printed."""
        found = self.reap(patience)
        self.link.close()
        return found


class Starter(Protocol):
    """Starts workers, one at a time; belongs to one thread."""

    @property
    def pid(self) -> int | None:
        """The process that forks; None where none does, or none yet."""

    def begin(self) -> None:
        """Start what takes long, without waiting for it."""

    def start(self, plan: dict[str, Any], *, kept_output_bytes: int) -> Child:
        """Return a new worker that follows *plan*.

        Raises:
            SandboxError: no process can be started.
        """

    def close(self) -> None:
        """End what it holds, and everything that descends from it."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...
