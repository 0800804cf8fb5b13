"""What a platform tells of other processes: their CPU time, and what descends from them.

Linux tells both by itself. Elsewhere psutil asks for it, in each platform's own way;
where that is not installed either, nothing is known, and wall time is what is left.
"""

import contextlib
import os
import time
from typing import Any, Final

from grader.sandbox.layers.descent import descendants
from grader.sandbox.layers.kernel import IS_LINUX

_KILL: Final = 9


def cpu_seconds(pid: int) -> float:
    """Return the CPU time of a process and its threads; 0 where nobody tells."""
    if IS_LINUX:
        try:
            return time.clock_gettime((~pid << 3) | 2)
        except OSError:
            return 0.0
    psutil = _psutil()
    if psutil is not None:
        with contextlib.suppress(psutil.Error):
            first = psutil.Process(pid)  # under Windows it may only start the worker
            times = [p.cpu_times() for p in (first, *first.children(recursive=True))]
            return float(sum(t.user + t.system for t in times))
    return 0.0


def kill_family(pid: int) -> int:
    """Kill a process and all that descends from it; return how many it had left.

    What has cut its ties to the process is found by a zygote alone.
    """
    left = _descendants(pid)
    for one in (pid, *left):
        with contextlib.suppress(OSError):
            os.kill(one, _KILL)
    with contextlib.suppress(OSError, AttributeError):
        os.killpg(pid, _KILL)  # a child of a child whose parent has ended
    return len(left)


def _descendants(pid: int) -> set[int]:
    if IS_LINUX:
        return descendants(pid)
    psutil = _psutil()
    if psutil is not None:
        with contextlib.suppress(psutil.Error):
            return {one.pid for one in psutil.Process(pid).children(recursive=True)}
    return set()


def _psutil() -> Any:  # noqa: ANN401 - a package that is not everywhere
    with contextlib.suppress(ImportError):
        import psutil  # noqa: PLC0415 - Linux does without it

        return psutil
    return None
