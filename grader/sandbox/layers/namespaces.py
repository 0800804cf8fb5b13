"""A process -> one with a network, an IPC space and a `/dev/shm` of its own.

Of the network it has the loopback interface and nothing else, so that what it serves
there is reached by itself alone. Needs the powers of root or a kernel that gives
ordinary users a namespace; most containers give neither.
"""

import ctypes
import os
import socket
import struct
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from grader.sandbox.layers.kernel import MACHINE, PR_SET_DUMPABLE, call, control

SHARED_MEMORY: Final = "/dev/shm"  # noqa: S108 - a file system of this process's own
_SHARED_BYTES: Final = 64 * 2**20

_UNSHARE: Final = {"x86_64": 272, "aarch64": 97}
_MOUNT: Final = {"x86_64": 165, "aarch64": 40}
_NEW_MOUNTS, _NEW_IPC = 0x00020000, 0x08000000
_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000
_PRIVATE, _RECURSIVE = 1 << 18, 1 << 14
_HARMLESS: Final = 0b1110  # no set-uid, no devices, no programs
_SET_FLAGS: Final = 0x8914
_UP: Final = 0x1


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """What a process shares with no other."""

    network: bool = False
    users: bool = False
    shared_memory: bool = False


def separate(*, as_user: bool) -> Own:
    """Move this process into namespaces of its own, as far as it is allowed here.

    *as_user* asks for a namespace of users as well, which needs no powers.
    """
    wanted = _NEW_NETWORK | _NEW_IPC | _NEW_MOUNTS | (_NEW_USER if as_user else 0)
    user, group = os.getuid(), os.getgid()
    if not _works(lambda: call(_UNSHARE.get(MACHINE, -1), wanted)):
        return Own()
    if as_user:
        _works(lambda: _name_users(user, group))
    _works(_raise_loopback)
    return Own(network=True, users=as_user, shared_memory=_works(_mount_shared_memory))


def _works(attempt: Callable[[], object]) -> bool:
    try:
        attempt()
    except OSError:
        return False
    return True


def _name_users(user: int, group: int) -> None:
    """Let the process be who it was; otherwise it is nobody, and can make no file.

    The maps belong to a process only while it may be looked into.
    """
    control(PR_SET_DUMPABLE, 1)
    try:
        Path("/proc/self/setgroups").write_text("deny", encoding="ascii")
        Path("/proc/self/uid_map").write_text(f"{user} {user} 1", encoding="ascii")
        Path("/proc/self/gid_map").write_text(f"{group} {group} 1", encoding="ascii")
    finally:
        control(PR_SET_DUMPABLE, 0)


def _raise_loopback() -> None:
    import fcntl  # noqa: PLC0415 - Windows has none

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        request = struct.pack("16sH14x", b"lo", _UP)
        fcntl.ioctl(any_socket.fileno(), _SET_FLAGS, request)


def _mount_shared_memory() -> None:
    number = _MOUNT.get(MACHINE, -1)
    call(number, None, ctypes.c_char_p(b"/"), None, _PRIVATE | _RECURSIVE, None)
    name, place = ctypes.c_char_p(b"tmpfs"), ctypes.c_char_p(SHARED_MEMORY.encode())
    options = ctypes.c_char_p(f"size={_SHARED_BYTES},mode=1777".encode())
    call(number, name, place, name, _HARMLESS, options)
