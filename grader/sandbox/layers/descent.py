"""A process -> nothing that descends from it is left.

A daemon leaves its session and its parent; it cannot leave its subreaper. Orphans come
back to the process that asked for them, and are killed until none is left.
"""

import contextlib
import os
import signal
import time
from collections.abc import Collection
from pathlib import Path
from typing import Final

from grader.sandbox.layers.kernel import (
    PR_SET_CHILD_SUBREAPER,
    PR_SET_PDEATHSIG,
    control,
)

# a fork bomb is slower than this loop, since each round stops it first
_KILLING_SECONDS: Final = 5.0
_LOOK_SECONDS: Final = 0.005
_PARENT_FIELD: Final = 1  # of /proc/<pid>/stat, after the name's closing bracket


def adopt_orphans() -> bool:
    """Become the parent of every descendant that loses its own; False: not here."""
    return _set(PR_SET_CHILD_SUBREAPER, 1)


def die_with_parent() -> bool:
    """Have this process killed when its parent ends; False: not on this platform."""
    return _set(PR_SET_PDEATHSIG, signal.SIGKILL)


def _set(option: int, value: int) -> bool:
    try:
        control(option, value)
    except OSError:
        return False
    return True


def ends_within(pid: int, seconds: float) -> bool:
    """Tell whether a child has ended by itself, or does so soon; it stays to be reaped."""
    if not hasattr(os, "waitid"):
        return True  # it cannot be asked without being reaped
    deadline = time.monotonic() + seconds
    while True:
        try:
            options = os.WEXITED | os.WNOHANG | os.WNOWAIT
            if os.waitid(os.P_PID, pid, options) is not None:
                return True
        except ChildProcessError:
            return True
        if time.monotonic() >= deadline:
            return False
        time.sleep(_LOOK_SECONDS)


def kill_descendants(keep: Collection[int] = ()) -> int:
    """Kill every descendant of this process but *keep*; return how many there were."""
    killed: set[int] = set()
    deadline = time.monotonic() + _KILLING_SECONDS
    while time.monotonic() < deadline:
        found = descendants(os.getpid(), frozenset(keep))
        if not found:
            break
        for number in (signal.SIGSTOP, signal.SIGKILL):
            for pid in found:
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.kill(pid, number)
        killed |= found
        _reap(found)
    return len(killed)


def _reap(found: Collection[int]) -> None:
    for pid in found:
        with contextlib.suppress(ChildProcessError):
            if os.waitpid(pid, os.WNOHANG) == (0, 0):
                time.sleep(0.001)


def descendants(root: int, keep: frozenset[int] = frozenset()) -> set[int]:
    """Return all that descends from *root*; what descends from *keep* stays out."""
    children = _children(root)
    if children is not None and not set(children) - keep:
        return set()
    parents = _parents()
    found: set[int] = set()
    level = {root}
    while level:
        level = {p for p, parent in parents.items() if parent in level} - keep - found
        found |= level
    return found


def _children(pid: int) -> list[int] | None:
    """Return the children by the kernel's own lists; None where it keeps none."""
    threads = Path(f"/proc/{pid}/task")
    try:
        texts = [
            (t / "children").read_text(encoding="ascii") for t in threads.iterdir()
        ]
    except OSError:
        return None
    return [int(word) for text in texts for word in text.split()]


def _parents() -> dict[int, int]:
    found = {}
    with contextlib.suppress(OSError):
        for entry in os.scandir("/proc"):
            if entry.name.isdigit():
                with contextlib.suppress(OSError):
                    stat = Path(entry.path, "stat").read_bytes()
                    fields = stat.rpartition(b")")[2].split()
                    found[int(entry.name)] = int(fields[_PARENT_FIELD])
    return found
