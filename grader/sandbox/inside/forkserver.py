"""Requests for processes -> forked workers: the zygote's own side.

It has imported what submissions usually import, never runs student code, and holds
nothing of an assignment. Whoever started it asks over a socket; when that closes,
everything that descends from here is killed.
"""

import contextlib
import gc
import json
import os
import signal
import socket
import sys
import time
from collections.abc import Iterable
from typing import Any, Final

from grader.sandbox.inside import process
from grader.sandbox.inside.large_pages import room_in_one_place, use_large_pages
from grader.sandbox.inside.loading import load_packages
from grader.sandbox.inside.numerics import numerics
from grader.sandbox.inside.stand_in import stand_ins
from grader.sandbox.inside.warm import warm_up
from grader.sandbox.layers import seccomp
from grader.sandbox.layers.confine import readable_folders
from grader.sandbox.layers.descent import adopt_orphans, ends_within, kill_descendants
from grader.sandbox.layers.kernel import PR_SET_DUMPABLE
from grader.sandbox.layers.kernel import control as control_process
from grader.sandbox.layers.privileges import spare_user

_MOST_REQUEST_BYTES: Final = 65_536
_DESCRIPTORS: Final = 3  # a worker's wire, what it prints to, and its bell


def main() -> None:
    """Serve until the other side of the socket closes."""
    control = socket.socket(fileno=int(sys.argv[2]))
    prepare(json.loads(sys.argv[3]), is_warm=json.loads(sys.argv[4]))
    adopt_orphans()
    with contextlib.suppress(OSError):
        control_process(PR_SET_DUMPABLE, 0)
    user = spare_user()
    workers: set[int] = set()
    try:
        while _serve_one(control, workers, user):
            pass
    finally:
        kill_descendants()
        os._exit(0)


def prepare(imports: Iterable[str], *, is_warm: bool) -> None:
    """Load what submissions import, and leave it so that forks of it cost little.

    *is_warm* does once what each of many would do: for a single one it does not pay.
    """
    gc.disable()  # what importing makes stays: nothing to be looked for in it
    room = room_in_one_place() if is_warm else ()
    load_packages(imports)
    readable_folders()
    seccomp.prepare()
    numerics()
    if is_warm:
        warm_up()
        stand_ins()
        del room  # what was not needed goes back
        gc.collect()
    gc.freeze()
    gc.enable()
    if is_warm:
        use_large_pages()


def _serve_one(control: socket.socket, workers: set[int], user: int | None) -> bool:
    raw, descriptors, _, _ = socket.recv_fds(control, _MOST_REQUEST_BYTES, _DESCRIPTORS)
    if not raw:
        return False
    request = json.loads(raw)
    if request["do"] == "fork":
        _load_more(request["imports"])
        pid = _fork(request["plan"] | {"user": user}, descriptors, control)
        workers.add(pid)
        reply: dict[str, Any] = {"pid": pid}
    else:
        reply = _reap(request["pid"], workers, request["patience"])
    control.sendall(json.dumps(reply).encode() + b"\n")
    return True


def _load_more(imports: Iterable[str]) -> None:
    """Load what was not known to be needed when this process began."""
    if imports:
        load_packages(imports)
        numerics.cache_clear()
        numerics()
        gc.freeze()


def _fork(plan: dict[str, Any], descriptors: list[int], control: socket.socket) -> int:
    pid = os.fork()
    if not pid:
        with contextlib.suppress(OSError):
            control.close()
        os.setpgid(0, 0)  # what it starts is in its group, unless that leaves it
        wire, output, bell = descriptors
        process.run(plan, wire, wire, output, bell)
    for descriptor in descriptors:
        os.close(descriptor)
    return pid


def _reap(pid: int, workers: set[int], patience: float) -> dict[str, Any]:
    """End a worker and everything that it started; say how it ended."""
    started = time.monotonic()
    ended = ends_within(pid, patience)
    for kill in (os.killpg, os.kill):  # it may have left its group
        with contextlib.suppress(ProcessLookupError, PermissionError):
            kill(pid, signal.SIGKILL)
    try:
        _, status, usage = os.wait4(pid, 0)
    except ChildProcessError:
        return {"status": None, "cpu": 0.0, "left": 0}
    workers.discard(pid)
    left = kill_descendants(keep=workers)
    return {
        "status": os.waitstatus_to_exitcode(status) if ended else None,
        "cpu": usage.ru_utime + usage.ru_stime,
        "left": left,
        "seconds": time.monotonic() - started,
    }
