"""An interpreter on a platform that cannot fork, for as far as the grader can tell.

    python bare_python.py NAME -m grader …
    python bare_python.py NAME -c PROGRAM …

What Windows lacks is taken out of the standard library, or refused to the grader alone
where the library itself leans on it here. NAME is a program that starts all this; it
becomes `sys.executable`, so that every process started from here is as bare.
"""

import builtins
import os
import runpy
import select
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import ModuleType
from typing import Any

HERE = Path(__file__).parent
LACKING = {
    os: (
        *(
            "fork",
            "forkpty",
            "getuid",
            "geteuid",
            "getgid",
            "setuid",
            "setgid",
            "setsid",
        ),
        *("setresuid", "setresgid", "setgroups", "killpg", "wait4"),
        *("sched_getaffinity", "register_at_fork", "chown", "getpgid", "mkfifo"),
    ),
    select: ("poll", "epoll"),
    signal: ("setitimer", "getitimer", "SIGPROF", "SIGXFSZ", "SIGXCPU", "SIGSTOP"),
    socket: ("send_fds", "recv_fds"),
    time: ("clock_gettime",),
}
NO_MODULES = frozenset({"resource", "fcntl", "pwd", "grp", "termios", "syslog"})

whole_import = builtins.__import__


def import_less(  # as the built-in one
    name: str,
    globals: Any = None,  # noqa: A002, ANN401
    locals: Any = None,  # noqa: A002, ANN401
    fromlist: tuple[str, ...] = (),
    level: int = 0,
) -> ModuleType:
    """Import a module, unless the grader asks for one that is not to be there."""
    asker = (globals or {}).get("__name__", "")
    if name in NO_MODULES and asker.startswith("grader"):
        raise ModuleNotFoundError(name)
    return whole_import(name, globals, locals, fromlist, level)


def strip() -> None:
    """Take away what this platform is not to have."""
    for module, names in LACKING.items():
        for name in names:
            if hasattr(module, name):
                delattr(module, name)
    subprocess.Popen.kill = lambda self: self.send_signal(9)  # type: ignore[method-assign]
    signal.__dict__.pop("SIGKILL", None)
    builtins.__import__ = import_less  # type: ignore[assignment]
    import grader.sandbox.layers.kernel  # noqa: PLC0415 - what it finds is what is left

    grader.sandbox.layers.kernel.IS_LINUX = False  # type: ignore[misc]


def main() -> None:
    """Run a module or a program, as an interpreter would."""
    sys.executable, *words = sys.argv[1:]
    while words and words[0] not in {"-m", "-c"}:
        del words[: 2 if words[0] == "-X" else 1]
    what, program, *rest = words
    sys.path[:] = [p for p in sys.path if p != str(HERE)]
    sys.path.insert(0, str(HERE.parent.parent))
    strip()
    sys.argv = [what, *rest]
    if what == "-m":
        runpy.run_module(program, run_name="__main__", alter_sys=True)
    else:
        exec(program, {"__name__": "__main__"})  # noqa: S102 - as `python -c` does


if __name__ == "__main__":
    main()
