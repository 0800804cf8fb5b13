"""What a confined process is left: little, or programs and a network of its own.

The first is for the cells and modules that we run ourselves. A Jupyter kernel's
notebooks may start programs and talk to themselves over the loopback interface; they
get that only as far as namespaces, landlock's scopes and limits keep it in.
"""

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from grader.sandbox.layers import landlock, namespaces, privileges
from grader.sandbox.layers.namespaces import Own
from grader.sandbox.layers.seccomp import NOTHING, Allowance

# threads count; a kernel has some ten, a compiler or a pool of workers has more
MOST_PROCESSES: Final = 128
_PROGRAMS: Final = (
    *("/usr/bin", "/bin", "/usr/local/bin", "/usr/libexec", "/usr/include"),
    "/etc/alternatives",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """Files that may be used beside the usual ones, and calls that may be made."""

    readable: tuple[str, ...] = ()
    writable: tuple[str, ...] = ()
    allowance: Allowance = NOTHING


FULL: Final = Profile()
"""The strongest: nothing is left."""


def take_profile(plan: dict[str, Any]) -> Profile:
    """Become who the plan's process is to be, and return what it may still do."""
    if plan.get("engine") != "kernel":
        _become(plan)
        return FULL
    own = namespaces.separate(as_user=False)
    _become(plan)
    if not own.network:
        own = namespaces.separate(as_user=True)
    limit_processes(is_alone=own.users or plan.get("user") is not None)
    return Profile(
        readable=_PROGRAMS,
        writable=(namespaces.SHARED_MEMORY,) if own.shared_memory else (),
        allowance=_allowance(own),
    )


def _become(plan: dict[str, Any]) -> None:
    user = plan.get("user")
    if user is not None:
        privileges.become(user, plan["folder"])


def _allowance(own: Own) -> Allowance:
    return Allowance(
        programs=True, sockets=own.network, signals=landlock.keeps_signals_in()
    )


def limit_processes(*, is_alone: bool) -> None:
    """Bound how many processes there may be; beside others of the same user, more."""
    import resource  # noqa: PLC0415 - Windows has none

    with contextlib.suppress(OSError, ValueError):
        others = 0 if is_alone else sum(_tasks())
        most = MOST_PROCESSES + others
        resource.setrlimit(resource.RLIMIT_NPROC, (most, most))


def _tasks() -> Iterator[int]:
    """Yield the number of threads of each process of this user."""
    user = os.getuid()
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            with contextlib.suppress(OSError):
                if folder.stat().st_uid == user:
                    yield len(list((folder / "task").iterdir()))
