"""A plan -> this process, confined; which protections hold, found out by trying.

A layer that cannot be put on is left out and reported; what was forbidden is then
tried, and a protection counts as on only where the attempt failed.
"""

import contextlib
import ctypes
import functools
import mmap
import os
import signal
import socket
import struct
import sys
import sysconfig
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from grader.sandbox.layers import descent, landlock, privileges, seccomp
from grader.sandbox.layers.clock import limit_by_clock
from grader.sandbox.layers.kernel import (
    IS_LINUX,
    IS_UNIX,
    MACHINE,
    PR_GET_NO_NEW_PRIVS,
    call,
    control,
)
from grader.sandbox.layers.profile import take_profile

try:
    import resource
except ImportError:  # Windows, where nothing is confined either
    resource = None  # type: ignore[assignment]

MOST_FILE_BYTES: Final = 64 * 2**20
MOST_OPEN_FILES: Final = 256
# a process lives through blocks and answers; this is the kernel's own last word
_PROCESS_CPU_TIMES: Final = 8
_PROCESS_CPU_SECONDS: Final = 60
_PROCESS_VM_READ: Final = 310 if MACHINE == "x86_64" else 270
_BEYOND_BYTES: Final = 2**30

_READABLE: Final = (
    *("/usr/lib", "/usr/lib64", "/usr/local/lib", "/usr/share", "/lib", "/lib64"),
    *("/etc/ld.so.cache", "/etc/localtime", "/etc/fonts", "/etc/mime.types"),
    *("/dev/null", "/dev/zero", "/dev/urandom", "/dev/random"),
    *("/proc/self", "/proc/cpuinfo", "/proc/meminfo", "/proc/stat"),
    *("/sys/devices/system/cpu", "/sys/fs/cgroup"),
)


def confine(plan: dict[str, Any]) -> list[list[Any]]:
    """Confine this process and return (protection, whether it holds)."""
    if not IS_UNIX:
        limit_by_clock(plan["cpu"] * _PROCESS_CPU_TIMES + _PROCESS_CPU_SECONDS)
        return [[name, False] for name in _probes(plan, before=-1)]
    descent.die_with_parent()
    before = os.getuid()
    _limit(plan)
    if plan.get("engine") == "kernel":
        descent.adopt_orphans()  # what it starts stays below it, and is counted
    if plan.get("confined"):
        profile = take_profile(plan)
        privileges.drop_capabilities()
        descent.die_with_parent()  # forgotten with the change of user
        privileges.forbid_new_privileges()
        landlock.restrict(
            (*readable_folders(), *plan.get("readable", ()), *profile.readable),
            [plan["folder"], "/dev/null", *profile.writable],
            network=profile.allowance.sockets,
        )
        seccomp.restrict(profile.allowance)
    probes = _probes(plan, before)
    if not plan.get("confined"):  # what is loaded may not survive the attempt
        probes["no new processes"] = lambda: None
    return [[name, _holds(probe)] for name, probe in probes.items()]


def _limit(plan: dict[str, Any]) -> None:
    """Set the kernel's own limits; the memory one counts from what is loaded now."""
    limits = {
        resource.RLIMIT_CPU: int(plan["cpu"] * _PROCESS_CPU_TIMES)
        + _PROCESS_CPU_SECONDS,
        resource.RLIMIT_FSIZE: MOST_FILE_BYTES,
        resource.RLIMIT_NOFILE: MOST_OPEN_FILES,
        resource.RLIMIT_CORE: 0,
    }
    if IS_LINUX:
        limits[resource.RLIMIT_AS] = _mapped_bytes() + plan["memory"]
    for which, most in limits.items():
        with contextlib.suppress(OSError, ValueError):
            hard = resource.getrlimit(which)[1]
            value = most if hard == resource.RLIM_INFINITY else min(most, hard)
            resource.setrlimit(which, (value, value))
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # a full file is an error, no death


def _mapped_bytes() -> int:
    pages = Path("/proc/self/statm").read_bytes().split()[0]
    return int(pages) * mmap.PAGESIZE


@functools.cache
def readable_folders() -> tuple[str, ...]:
    """Return what Python needs, and nothing that an assignment lies in.

    The zygote asks once, before it forks.
    """
    prefixes = {sys.prefix, sys.base_prefix, sys.exec_prefix}
    packages = [p for p in sys.path if p.endswith(("site-packages", "dist-packages"))]
    standard = [sysconfig.get_path("stdlib"), sysconfig.get_path("platstdlib")]
    own = [p for p in prefixes if p not in {"/", "/usr", "/usr/local"}]
    return (*_READABLE, *own, *packages, *standard, str(Path(__file__).parent.parent))


def _holds(attempt: Callable[[], object]) -> bool:
    """Tell whether a forbidden attempt fails."""
    try:
        attempt()
    except (OSError, ValueError, MemoryError):
        return True
    return False


def _probes(plan: dict[str, Any], before: int) -> dict[str, Callable[[], object]]:
    outside = Path(plan["folder"]).parent / f"{Path(plan['folder']).name}.probe"
    found: dict[str, Callable[[], object]] = {
        "memory limit": lambda: mmap.mmap(-1, plan["memory"] + _BEYOND_BYTES).close(),
        "no new privileges": _has_no_new_privileges,
        "no powers of root": _has_powers,
        "reads own files only": lambda: _close(os.open("/etc/passwd", os.O_RDONLY)),
        "writes own folder only": lambda: _create_and_remove(outside),
        "no network": lambda: socket.socket().close(),
        "no new processes": _fork_and_end,
        "no other programs": _execute_nothing,
        "no signals to others": _signal_parent,
        "no sight of other processes": _read_parent,
    }
    if plan.get("engine") == "kernel":
        found["no network but its own"] = _reach_out
    if before == 0:
        found["a user of its own"] = _is_root
    return found


def _close(descriptor: int) -> None:
    os.close(descriptor)


def _create_and_remove(path: Path) -> None:
    path.write_bytes(b"")
    path.unlink()


def _has_no_new_privileges() -> None:
    if control(PR_GET_NO_NEW_PRIVS):
        raise PermissionError


def _has_powers() -> None:
    if not privileges.has_capabilities():
        raise PermissionError


def _is_root() -> None:
    if os.getuid() != 0:
        raise PermissionError


def _reach_out() -> None:
    """Look for a way to an address that is nobody's; nothing is sent there."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as datagrams:
        datagrams.connect(("192.0.2.1", 9))


def _signal_parent() -> None:
    """Try to signal the parent, and to have a socket do so."""
    import fcntl  # noqa: PLC0415 - Windows has none

    with contextlib.suppress(OSError):
        os.kill(os.getppid(), 0)
        return
    one, other = socket.socketpair()
    with one, other:
        fcntl.fcntl(one, fcntl.F_SETOWN, os.getppid())


def _fork_and_end() -> None:
    child = os.fork()
    if not child:
        os._exit(0)
    os.waitpid(child, 0)


def _execute_nothing() -> None:
    """Fail with PermissionError if execution is forbidden; a missing file is no proof."""
    with contextlib.suppress(FileNotFoundError):
        os.execv("/nonexistent", ["nothing"])  # noqa: S606 - it cannot succeed


def _read_parent() -> None:
    """Try to read a word of the parent's memory."""
    kept = ctypes.create_string_buffer(8)
    near = struct.pack("=QQ", ctypes.addressof(kept), 8)
    far = struct.pack("=QQ", ctypes.addressof(kept), 8)
    with contextlib.suppress(BlockingIOError):
        call(
            _PROCESS_VM_READ,
            os.getppid(),
            ctypes.c_char_p(near),
            1,
            ctypes.c_char_p(far),
            1,
            0,
        )
