"""Folders that may be read and folders that may be written -> nothing else can be.

Landlock needs no privileges and no container; it cannot be taken off again.
"""

import ctypes
import os
import struct
from collections.abc import Iterable
from typing import Final

from grader.sandbox.layers.kernel import call

# the same numbers on x86-64 and aarch64
_CREATE_RULESET: Final = 444
_ADD_RULE: Final = 445
_RESTRICT_SELF: Final = 446
_ASK_VERSION: Final = 1
_BENEATH_PATH: Final = 1

_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_REMOVE: Final = 1 << 4 | 1 << 5
_MAKE_DIR, _MAKE_FILE, _MAKE_LINK = 1 << 7, 1 << 8, 1 << 12
_FIRST_RIGHTS: Final = (1 << 13) - 1
_REFER, _TRUNCATE, _DEVICE_CONTROL = 1 << 13, 1 << 14, 1 << 15
_ALL_NETWORK: Final = 0b11
_ALL_SCOPES: Final = 0b11  # abstract sockets and signals of other processes
# the version that brought each of them
_REFER_SINCE, _TRUNCATE_SINCE, _NETWORK_SINCE = 2, 3, 4
_DEVICE_SINCE, _SCOPES_SINCE = 5, 6

_READ: Final = _EXECUTE | _READ_FILE | _READ_DIR
_FILE_RIGHTS: Final = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE | _DEVICE_CONTROL


def version() -> int:
    """Return the kernel's landlock version; 0 where there is none."""
    try:
        return call(_CREATE_RULESET, None, 0, _ASK_VERSION)
    except OSError:
        return 0


def restrict(
    readable: Iterable[str], writable: Iterable[str], *, network: bool = False
) -> bool:
    """Confine this process to the given folders and files; False: not possible.

    *network* leaves it what network it has; an address cannot be allowed by itself.
    """
    known = version()
    if known < 1:
        return False
    handled = _handled(known)
    write = handled & (
        _READ | _WRITE_FILE | _REMOVE | _MAKE_DIR | _MAKE_FILE | _MAKE_LINK
        | _REFER | _TRUNCATE
    )  # fmt: skip
    ruleset = _create(known, handled, 0 if network else _ALL_NETWORK)
    try:
        for path in readable:
            _allow(ruleset, path, _READ & handled)
        for path in writable:
            _allow(ruleset, path, write)
        call(_RESTRICT_SELF, ruleset, 0)
    except OSError:
        return False
    finally:
        os.close(ruleset)
    return True


def _handled(known: int) -> int:
    rights = _FIRST_RIGHTS
    rights |= _REFER if known >= _REFER_SINCE else 0
    rights |= _TRUNCATE if known >= _TRUNCATE_SINCE else 0
    return rights | (_DEVICE_CONTROL if known >= _DEVICE_SINCE else 0)


def keeps_signals_in() -> bool:
    """Tell whether a confined process can reach none but its own with a signal."""
    return version() >= _SCOPES_SINCE


def _create(known: int, handled: int, ports: int) -> int:
    fields = [handled]
    if known >= _NETWORK_SINCE:
        fields.append(ports)
    if known >= _SCOPES_SINCE:
        fields.append(_ALL_SCOPES)
    words = struct.pack(f"={len(fields)}Q", *fields)
    return call(_CREATE_RULESET, ctypes.c_char_p(words), len(words), 0)


def _allow(ruleset: int, path: str, rights: int) -> None:
    try:
        descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return  # what is not there need not be allowed
    try:
        if not os.path.isdir(path):  # noqa: PTH112 - this runs in each child, some 30 times
            rights &= _FILE_RIGHTS
        rule = struct.pack("=Qi", rights, descriptor)
        call(_ADD_RULE, ruleset, _BENEATH_PATH, ctypes.c_char_p(rule), 0)
    finally:
        os.close(descriptor)
