"""A process that may start others -> whether all of them together have had their time.

What the others use is counted as the process's own, by the kernel's ticks; while one of
them computes, or waits for a processor, the process does not count as idle.
"""

import contextlib
import os
from pathlib import Path
from typing import Final

from grader.sandbox.layers.descent import descendants
from grader.sandbox.processes import cpu_seconds
from grader.sandbox.watch import Watch, all_wait

_TICKS_A_SECOND: Final = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100
# fields of /proc/<pid>/stat after the name: own time, and that of children waited for
_OWN_TIME: Final = slice(11, 13)
_WAITED_FOR: Final = slice(13, 15)
# one that has ended waits for ever; what it left may still hold the wire
_STATES: Final = frozenset("STZX")


class FamilyWatch(Watch):
    """Tells whether a process and all that descends from it have used up their limits."""

    _seen_most = 0.0

    @property
    def used(self) -> float:
        """CPU seconds of all of them; what nobody waited for is not forgotten."""
        ticks = _ticks(self._pid, _WAITED_FOR)
        for pid in descendants(self._pid):
            ticks += _ticks(pid, _OWN_TIME) + _ticks(pid, _WAITED_FOR)
        now = cpu_seconds(self._pid) + ticks / _TICKS_A_SECOND
        self._seen_most = max(self._seen_most, now)
        return self._seen_most

    @property
    def is_waiting(self) -> bool:
        """Whether all of them sleep, are stopped or have ended."""
        family = {self._pid, *descendants(self._pid)}
        return all(all_wait(pid, _STATES) for pid in family)


def _ticks(pid: int, fields: slice) -> int:
    with contextlib.suppress(OSError, ValueError):
        stat = Path(f"/proc/{pid}/stat").read_bytes()
        return sum(map(int, stat.rpartition(b")")[2].split()[fields]))
    return 0
