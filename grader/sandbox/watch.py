"""A process and its limits -> whether it has had its time, seen from outside.

CPU time decides. Wall time alone never does, since on a crowded machine it is the
machine's; but a process that sleeps while nothing of it is waiting for a processor
uses up a clock of its own, and far behind both there is a backstop.
"""

import contextlib
import os
import time
from pathlib import Path
from typing import Final

from grader.sandbox.processes import cpu_seconds

# the worker interrupts itself first; this is what it has for cleaning up
GRACE_SECONDS: Final = 0.5
# deadlocks that look busy, platforms without CPU clocks for other processes
WALL_TIMES: Final = 15
WALL_EXTRA_SECONDS: Final = 30.0
SHORTEST_WAIT_SECONDS: Final = 0.02
LONGEST_WAIT_SECONDS: Final = 0.25
# a process that used less of the time that went by was not computing
_IDLE_SHARE: Final = 0.02
MOST_FOLDER_BYTES: Final = 512 * 2**20
MOST_FOLDER_ENTRIES: Final = 20_000
_BLOCK_BYTES: Final = 512
_WAITING_STATES: Final = frozenset("ST")


class Watch:
    """Tells whether a process has used up the limits of what it does now."""

    def __init__(self, pid: int, folder: Path | None = None) -> None:
        self._pid = pid
        self._folder = folder
        self._start = self._last = time.monotonic()
        self._base = self._cpu = self.used
        self.before = 0.0  # CPU seconds that it took to get ready
        self._born = self._seen = self._start
        self._seen_cpu = self._cpu
        self._idle = self._idle_in_all = 0.0
        self._limit = 1.0
        self._most_total = self._budget = float("inf")
        self._next_folder_look = 0.0
        self.has_overflowed = False  # its folder, beyond what it may hold

    @property
    def used(self) -> float:
        """CPU seconds that the process has used in its whole life."""
        return cpu_seconds(self._pid)

    @property
    def used_by_work(self) -> float:
        """CPU seconds that it has used since it was ready."""
        return max(self.used - self.before, 0.0)

    @property
    def is_waiting(self) -> bool:
        """Whether it sleeps or is stopped, all of it."""
        return all_wait(self._pid)

    def allow(
        self,
        seconds: float,
        *,
        total: float = float("inf"),
        budget: float = float("inf"),
    ) -> None:
        """Start a new piece of work of so many CPU seconds, within so many of all.

        *budget* is of CPU seconds alone: what it sleeps, and what others take meanwhile,
        is not counted towards that.

        What it sleeps is counted over all pieces as well, since the worker itself says
        where one ends, and is not believed.
        """
        now, cpu = time.monotonic(), self.used
        self._count_idle(now, cpu)
        self._start = self._last = now
        self._base = self._cpu = cpu
        self._idle = 0.0
        self._limit = seconds
        self._most_total = total
        self._budget = budget

    def begin(self) -> None:
        """Count the whole from here: what it took to get ready is not the work's."""
        self.before = self.used
        self._born = time.monotonic()

    def resume(self) -> None:
        """Go on after a wait for somebody else, which costs nothing."""
        now = time.monotonic()
        self._start += now - self._last
        self._last = self._seen = now
        self._seen_cpu = self.used

    @property
    def is_due(self) -> bool:
        """Whether nobody has looked for a while, as when messages come in a flood."""
        return time.monotonic() - self._last > LONGEST_WAIT_SECONDS

    @property
    def is_over(self) -> bool:
        """Whether the process has had its time."""
        now, cpu = time.monotonic(), self.used
        self._count_idle(now, cpu)
        if self._folder is not None and now > self._next_folder_look:
            self._next_folder_look = now + LONGEST_WAIT_SECONDS
            self.has_overflowed = not _fits(self._folder)
        self._last, self._cpu = now, cpu
        return (
            self.has_overflowed
            or cpu - self._base > self._limit + GRACE_SECONDS
            or cpu - self.before > min(self._most_total, self._budget) + GRACE_SECONDS
            or self._idle > self._limit + GRACE_SECONDS
            or self._idle_in_all > self._most_total + GRACE_SECONDS
            or now - self._born > WALL_TIMES * self._most_total + WALL_EXTRA_SECONDS
            or now - self._start > WALL_TIMES * self._limit + WALL_EXTRA_SECONDS
        )

    @property
    def next_look(self) -> float:
        """Seconds to wait before looking again."""
        left = self._limit + GRACE_SECONDS - (self._cpu - self._base) - self._idle
        return min(max(left / 2, SHORTEST_WAIT_SECONDS), LONGEST_WAIT_SECONDS)

    def _count_idle(self, now: float, cpu: float) -> None:
        """Count what it slept since it was last looked at; not at every message."""
        elapsed, used = now - self._seen, cpu - self._seen_cpu
        if elapsed < SHORTEST_WAIT_SECONDS:
            return
        self._seen, self._seen_cpu = now, cpu
        waits = used < _IDLE_SHARE * elapsed and self.is_waiting
        self._idle += elapsed if waits else 0.0
        self._idle_in_all += elapsed if waits else 0.0


def _fits(folder: Path) -> bool:
    """Tell whether what lies in *folder* is within bounds; stops looking once it is not."""
    size = count = 0
    waiting = [folder]
    while waiting:
        with contextlib.suppress(OSError), os.scandir(waiting.pop()) as entries:
            for entry in entries:
                count += 1
                size += _size_on_disk(entry.stat(follow_symlinks=False))
                if size > MOST_FOLDER_BYTES or count > MOST_FOLDER_ENTRIES:
                    return False
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(Path(entry.path))
    return True


def _size_on_disk(found: os.stat_result) -> int:
    blocks = getattr(found, "st_blocks", None)  # Windows counts none
    return found.st_size if blocks is None else int(blocks) * _BLOCK_BYTES


def all_wait(pid: int, states: frozenset[str] = _WAITING_STATES) -> bool:
    """Tell whether every thread of a process sleeps or is stopped."""
    threads = Path(f"/proc/{pid}/task")
    with contextlib.suppress(OSError):
        return all(_state(thread) in states for thread in threads.iterdir())
    return False


def _state(thread: Path) -> str:
    stat = (thread / "stat").read_bytes()
    return stat.rpartition(b")")[2].split()[0].decode("ascii")
