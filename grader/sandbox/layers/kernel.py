"""The few system calls that Python has no word for, by number; Linux only.

Each returns what the kernel returned; a failure is an `OSError` with its number.
"""

import ctypes
import functools
import os
import platform
import sys
from typing import Any, Final

PR_SET_PDEATHSIG: Final = 1
PR_SET_DUMPABLE: Final = 4
PR_SET_SECCOMP: Final = 22
PR_CAPBSET_DROP: Final = 24
PR_SET_CHILD_SUBREAPER: Final = 36
PR_SET_NO_NEW_PRIVS: Final = 38
PR_GET_NO_NEW_PRIVS: Final = 39

IS_LINUX: Final = sys.platform.startswith("linux")
IS_UNIX: Final = hasattr(os, "getuid")
MACHINE: Final = platform.machine()


@functools.cache
def _libc() -> Any:  # noqa: ANN401 - ctypes has no type for a library's functions
    return ctypes.CDLL(None, use_errno=True)


def _checked(found: int) -> int:
    if found < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return found


def control(option: int, *arguments: object) -> int:
    """Call `prctl`.

    Raises:
        OSError: the kernel refused, or this is no Linux.
    """
    if not IS_LINUX:
        raise OSError("no prctl here")
    padded = (*arguments, 0, 0, 0, 0)[:4]
    return _checked(int(_libc().prctl(option, *map(_word, padded))))


def call(number: int, *arguments: object) -> int:
    """Make a system call by its number.

    Raises:
        OSError: the kernel refused, or this is no Linux.
    """
    if not IS_LINUX:
        raise OSError("no such system calls here")
    return _checked(int(_libc().syscall(number, *map(_word, arguments))))


def _word(value: object) -> object:
    return ctypes.c_ulong(value) if isinstance(value, int) else value
