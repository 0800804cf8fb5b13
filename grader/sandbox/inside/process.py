"""A bare process -> a worker: standard streams, folder, environment, confinement.

Runs after the fork (or first thing in a fresh interpreter) and before the first byte
of a submission.
"""

import contextlib
import os
import sys
from pathlib import Path
from typing import Any, Final, NoReturn

from grader.sandbox.inside.numerics import numerics
from grader.sandbox.inside.output import text_stream
from grader.sandbox.inside.speaker import Speaker
from grader.sandbox.inside.worker import Worker
from grader.sandbox.layers.confine import confine
from grader.sandbox.layers.kernel import IS_UNIX

_MOST_DESCRIPTORS: Final = 4096


def begin(
    plan: dict[str, Any],
    requests: int,
    answers: int,
    output: int,
    bell: int | None = None,
) -> None:
    """Become the worker that *plan* describes, and serve until the end."""
    _redirect(output)
    own = {requests, answers} | ({bell} if bell is not None else set())
    for descriptor in own:
        os.set_inheritable(descriptor, False)  # noqa: FBT003 - the parameter has no name
    _close_others({0, 1, 2} | own)
    sys.stdin = Path(os.devnull).open(encoding="utf-8")  # noqa: SIM115 - open as long as the process
    sys.stdout = text_stream(1, plan["output"])
    sys.stderr = text_stream(2, plan["output"])
    folder = plan["folder"]
    os.environ.update({"HOME": folder, "TMPDIR": folder, "PWD": folder})
    os.chdir(folder)  # noqa: TID251 - this process has one submission and ends with it
    first = plan.get("first_path")
    sys.path[:] = [*([first] if first else []), *_own_path(), folder]
    sys.argv[:] = [""]
    sys.dont_write_bytecode = True
    protections = confine(plan)
    speaker = Speaker(answers, bell)
    speaker.say("ready", [protections, numerics()])
    Worker(requests, speaker).serve()


def _own_path() -> list[str]:
    """Return the import path without folders that hold more than packages."""
    prefixes = {sys.prefix, sys.base_prefix, sys.exec_prefix}
    within = tuple(f"{x}/lib" if IS_UNIX else x for x in prefixes)
    names = ("site-packages", "dist-packages")
    return [p for p in sys.path if p and (p.endswith(names) or p.startswith(within))]


def _redirect(output: int) -> None:
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0)
    os.dup2(output, 1)
    os.dup2(output, 2)


def _close_others(keep: set[int]) -> None:
    start = 0
    for descriptor in sorted(keep):
        if start < descriptor:  # an empty range at 0 would close everything
            os.closerange(start, descriptor)
        start = descriptor + 1
    os.closerange(start, _MOST_DESCRIPTORS)


def run(
    plan: dict[str, Any],
    requests: int,
    answers: int,
    output: int,
    bell: int | None = None,
) -> NoReturn:
    """Be the worker that *plan* describes, and nothing after it."""
    status = 1
    try:
        begin(plan, requests, answers, output, bell)
        status = 0
    except BaseException:  # noqa: BLE001 - nothing may return to whoever called
        with contextlib.suppress(Exception):
            sys.excepthook(*sys.exc_info())
    finally:
        leave(status)


def leave(status: int) -> NoReturn:
    """End this process at once, without its exit handlers."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(Exception):
            stream.flush()
    os._exit(status)
