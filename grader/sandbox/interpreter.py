"""A plan -> a fresh interpreter that follows it: a worker where none can be forked.

Three pipes lead to it, since not every platform can hand down a socket: requests go to
its standard input, answers come from its standard output, and what it prints from its
standard error. The worker moves them out of the way before student code runs.
"""

import contextlib
import os
import subprocess
import sys
from collections.abc import Sequence
from functools import partial
from types import TracebackType
from typing import Any, Final, Self

from grader.errors import SandboxError
from grader.sandbox.child import Child, End
from grader.sandbox.ends import ThreadedEnds
from grader.sandbox.environment import PACKAGES_ROOT, clean_environment
from grader.sandbox.layers.descent import ends_within
from grader.sandbox.layers.kernel import PR_SET_DUMPABLE, control
from grader.sandbox.link import Link
from grader.sandbox.processes import cpu_seconds, kill_family

_BOOT: Final = (
    "import sys; sys.path[:0] = [sys.argv[1]]; "
    "from grader.sandbox.inside.fresh import main; main()"
)
# on Windows, Ctrl-C would reach it as well
_GROUP: Final = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)


class Interpreters:
    """Starts one interpreter a worker; holds nothing between two of them."""

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
    def pid(self) -> None:
        """No process lives longer than its worker."""
        return

    def begin(self) -> None:
        """Do nothing: each worker has an interpreter of its own."""

    def start(self, plan: dict[str, Any], *, kept_output_bytes: int) -> Child:
        """Return a new interpreter that follows *plan*.

        Raises:
            SandboxError: no process can be started.
        """
        with contextlib.suppress(OSError):
            control(PR_SET_DUMPABLE, 0)  # what this process holds is nobody's to read
        try:
            process = _start([sys.executable, "-s", "-P", "-X", "utf8"])
        except OSError as error:
            raise SandboxError(
                where="starting a process for student code",
                what=f"no interpreter can be started: {error}",
                mend="look for messages of the system about memory or limits",
            ) from error
        ends = ThreadedEnds(
            *_own_descriptors(process), has_ended=partial(_ends_within, process, 0.0)
        )
        link = Link(ends, kept_output_bytes)
        link.send("begin", plan)
        return Child(process.pid, link, partial(_reap, process))

    def close(self) -> None:
        """Do nothing: each worker is ended by whoever started it."""


def _start(interpreter: Sequence[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 - our own interpreter and program
        [*interpreter, "-c", _BOOT, PACKAGES_ROOT],
        env=clean_environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        bufsize=0,
        start_new_session=True,
        creationflags=_GROUP,
    )


def _own_descriptors(process: subprocess.Popen[bytes]) -> tuple[int, int, int]:
    """Take the three pipes over from what would close them when it is forgotten."""
    found = []
    for stream in (process.stdin, process.stdout, process.stderr):
        assert stream is not None  # noqa: S101 - each was asked for as a pipe
        found.append(os.dup(stream.fileno()))
        stream.close()
    requests, answers, output = found
    return requests, answers, output


def _ends_within(process: subprocess.Popen[bytes], seconds: float) -> bool:
    """Tell whether it has ended or soon does; its number stays its own meanwhile."""
    if hasattr(os, "waitid"):
        return ends_within(process.pid, seconds)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(seconds)
    return process.returncode is not None


def _reap(process: subprocess.Popen[bytes], patience: float) -> End:
    """Kill it and all that it started; say how it ended."""
    ended = _ends_within(process, patience)
    used = cpu_seconds(process.pid)
    left = kill_family(process.pid)
    status = process.wait()
    return End(status if ended else None, used, left)
