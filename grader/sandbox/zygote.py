"""A process that has imported what submissions need -> forks of it, one a submission.

It is started as a fresh interpreter with a clean environment, so that nothing of the
starting process (a reference, a rubric, a gradebook) is in it or in what it forks. It
can be begun before anything is known of an assignment, and imports meanwhile.
"""

import contextlib
import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterable
from functools import partial
from types import TracebackType
from typing import Any, Final, Self

from grader.errors import SandboxError
from grader.sandbox.child import Child, End
from grader.sandbox.ends import PolledEnds
from grader.sandbox.environment import PACKAGES_ROOT, clean_environment
from grader.sandbox.layers.kernel import PR_SET_DUMPABLE, control
from grader.sandbox.link import Link

# importing numpy, sympy and matplotlib on a crowded machine
_START_SECONDS: Final = 300.0
_END_SECONDS: Final = 10.0
_MOST_REPLY_BYTES: Final = 65_536
_MOST_STARTS: Final = 5
# of requests and answers that nobody has listened to yet
_WIRE_BYTES: Final = 2**18
_BOOT: Final = (
    "import sys; sys.path[:0] = [sys.argv[1]]; "
    "from grader.sandbox.inside.forkserver import main; main()"
)


class Zygote:
    """The trusted side's hold on a zygote; started when first needed.

    It serves one submission at a time, and belongs to one thread.
    """

    def __init__(self, imports: tuple[str, ...], *, is_warm: bool = True) -> None:
        self._is_warm = is_warm
        self.imports = imports
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._starts = 0
        self._more: tuple[str, ...] = ()  # what it has not been told to import yet
        self._is_asked = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def pid(self) -> int | None:
        """The process that forks; None before it is first needed."""
        return None if self._process is None else self._process.pid

    def begin(self) -> None:
        """Start it without waiting until it has imported everything."""
        with contextlib.suppress(OSError):  # told when it is first asked
            self._ready()

    def include(self, imports: Iterable[str]) -> None:
        """Import these, too, before the next fork."""
        new = tuple(name for name in imports if name not in self.imports)
        self.imports += new
        if self._control is not None:
            self._more += new

    def start(self, plan: dict[str, Any], *, kept_output_bytes: int) -> Child:
        """Return a fork that follows *plan*.

        Raises:
            SandboxError: no process can be started.
        """
        ours, theirs = socket.socketpair()
        for wire in (ours, theirs):
            wire.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _WIRE_BYTES)
        own, passed = [], [theirs.fileno()]
        try:
            for _ in range(2):  # what it prints, and its bell
                end, other = os.pipe()
                own.append(end)
                passed.append(other)
            request = {"do": "fork", "plan": plan, "imports": self._more}
            reply = self._request(request, passed)
            self._more = ()
        except BaseException:
            ours.close()
            for end in own:
                os.close(end)
            raise
        finally:
            theirs.close()
            for other in passed[1:]:
                os.close(other)
        output, bell = own
        link = Link(PolledEnds(ours, output, bell), kept_output_bytes)
        return Child(reply["pid"], link, partial(self.reap, reply["pid"]))

    def reap(self, pid: int, patience: float) -> End:
        """Kill a worker and everything that it started."""
        request = {"do": "reap", "pid": pid, "patience": patience}
        try:
            reply = self._request(request, [], retry=False)
        except SandboxError:
            return End(None, 0.0, 0)
        return End(reply["status"], reply["cpu"], reply["left"])

    def close(self) -> None:
        """End the zygote and everything that descends from it."""
        if self._control is not None:
            self._control.close()
            self._control = None
        if self._process is not None:
            if not self._is_asked:  # it may be importing, and has forked nothing
                self._process.kill()
            try:
                self._process.wait(_END_SECONDS)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            self._process = None

    def _request(
        self, request: dict[str, Any], descriptors: list[int], *, retry: bool = True
    ) -> dict[str, Any]:
        raw = json.dumps(request).encode()
        while True:
            with contextlib.suppress(OSError):
                channel = self._ready() if retry else self._control
                if channel is not None:
                    self._is_asked = True
                    socket.send_fds(channel, [raw], descriptors)
                    reply = channel.recv(_MOST_REPLY_BYTES)
                    if reply:
                        found: dict[str, Any] = json.loads(reply)
                        return found
            self.close()
            if not retry or self._starts >= _MOST_STARTS:
                raise SandboxError(
                    where="the process that student code is forked from",
                    what="it ended by itself",
                    mend="look for messages of the system about memory or limits",
                )

    def _ready(self) -> socket.socket:
        if self._control is None:
            self._starts += 1
            self._is_asked = False
            self._control, self._process = _start(self.imports, is_warm=self._is_warm)
        return self._control


def can_fork() -> bool:
    """Tell whether a process can be forked here and handed its descriptors."""
    return hasattr(os, "fork") and hasattr(socket, "send_fds")


def _start(
    imports: tuple[str, ...], *, is_warm: bool
) -> tuple[socket.socket, subprocess.Popen[bytes]]:
    with contextlib.suppress(OSError):
        control(PR_SET_DUMPABLE, 0)  # what this process holds is nobody's to read
    ours, theirs = socket.socketpair()
    with theirs:
        words = [_BOOT, PACKAGES_ROOT, str(theirs.fileno()), json.dumps(imports)]
        words.append(json.dumps(is_warm))
        process = subprocess.Popen(  # noqa: S603 - our own interpreter and program
            [sys.executable, "-s", "-P", "-X", "utf8", "-c", *words],
            env=clean_environment(),
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
    ours.settimeout(_START_SECONDS)
    return ours, process
