"""Lists of system calls -> a filter that refuses them, for this process and for good.

Refused are sockets, programs, processes, other processes' memory and signals, kernel
interfaces with a history of holes, and changes of what a file is allowed to (landlock
does not see those). Threads, files and memory stay. What a machine's numbers are is a
table; the filter is some 200 instructions of classic BPF.
"""

import ctypes
import errno
import os
import struct
from dataclasses import dataclass
from typing import Final

from grader.sandbox.kernel import MACHINE, PR_SET_SECCOMP, control

_FILTER_MODE: Final = 2
_ALLOW: Final = 0x7FFF0000
_KILL: Final = 0x80000000
_ERROR: Final = 0x00050000
_CLONE_THREAD: Final = 0x00010000
_X32_BIT: Final = 0x40000000

_LOAD, _EQUAL, _AT_LEAST, _HAS_BITS, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_NUMBER_AT, _MACHINE_AT, _FIRST_ARGUMENT_AT = 0, 4, 16

_SAME_EVERYWHERE: Final = (
    # pidfd_send_signal, io_uring (3), open_tree .. fspick, pidfd_open, pidfd_getfd
    *(424, 425, 426, 427, 428, 429, 430, 431, 432, 433, 434, 438),
    *(440, 442, 447),  # process_madvise, mount_setattr, memfd_secret
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    """One machine's numbers."""

    machine: int
    refused: tuple[int, ...]
    pretended: tuple[int, ...]
    own_process: tuple[int, ...]
    clone: int
    limits: int


_TABLES: Final = {
    "x86_64": _Table(
        machine=0xC000003E,
        refused=(
            *(41, 42, 43, 49, 50, 288),  # socket connect accept bind listen accept4
            *(57, 58, 59, 322),  # fork vfork execve execveat
            *(200, 129, 297),  # tkill and queued signals
            *(101, 310, 311, 312),  # ptrace process_vm_readv process_vm_writev kcmp
            *(321, 298, 323, 248, 249, 250),  # bpf perf userfaultfd keys
            *(272, 308, 165, 166, 155, 161),  # unshare setns mounts pivot_root chroot
            *(29, 30, 31, 67, 64, 65, 66, 220),  # shared memory, semaphores
            *(68, 69, 70, 71, 240, 241, 242, 243, 319),  # queues, memfd_create
            *(169, 246, 320, 175, 313, 176, 167, 168),  # reboot kexec modules swap
            *(170, 171, 172, 173, 163, 164, 227, 159, 305),  # names ports clocks
            *(103, 179, 135, 303, 304, 212, 300),  # syslog quota handles fanotify
        ),
        # chmod, chown, utime, xattr
        pretended=(
            *(90, 91, 268, 92, 93, 94, 260, 132, 235, 261, 280),
            *(188, 189, 190, 197, 198, 199, 452, 463, 466),
        ),
        own_process=(62, 234),
        clone=56,
        limits=302,
    ),
    "aarch64": _Table(
        machine=0xC00000B7,
        refused=(
            *(198, 203, 202, 200, 201, 242, 221, 281),
            *(130, 138, 240, 117, 270, 271, 272),
            *(280, 241, 282, 217, 218, 219, 97, 268, 40, 39, 41, 51),
            *(194, 195, 196, 197, 190, 191, 192, 193, 186, 187, 188, 189),
            *(180, 181, 182, 183, 279, 142, 104, 294, 105, 273, 106, 224, 225),
            *(161, 162, 89, 170, 112, 171, 266, 116, 60, 92, 264, 265, 262),
        ),
        pretended=(52, 53, 54, 55, 88, 5, 6, 7, 14, 15, 16, 452, 463, 466),
        own_process=(129, 131),
        clone=220,
        limits=261,
    ),
}
_CLONE3: Final = 435


def restrict() -> bool:
    """Filter this process's system calls; False: not on this machine."""
    table = _TABLES.get(MACHINE)
    if table is None:
        return False
    code = _program(table, os.getpid())
    kept = ctypes.create_string_buffer(code, len(code))
    head = struct.pack("HxxxxxxP", len(code) // 8, ctypes.addressof(kept))
    try:
        control(PR_SET_SECCOMP, _FILTER_MODE, ctypes.c_char_p(head))
    except OSError:
        return False
    return True


def _program(table: _Table, pid: int) -> bytes:
    lines = [
        (_LOAD, 0, 0, _MACHINE_AT),
        (_EQUAL, 1, 0, table.machine),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER_AT),
        (_AT_LEAST, 0, 1, _X32_BIT),
        (_RETURN, 0, 0, _ERROR | errno.EPERM),
        *_when(_CLONE3, _ERROR | errno.ENOSYS),  # the C library falls back to clone
        *_when_argument(table.clone, _HAS_BITS, _CLONE_THREAD),
        *_when_argument(table.limits, _EQUAL, 0),
    ]
    for number in table.own_process:
        lines += _when_argument(number, _EQUAL, pid)
    for number in (*table.refused, *_SAME_EVERYWHERE):
        lines += _when(number, _ERROR | errno.EPERM)
    for number in table.pretended:
        lines += _when(number, _ERROR)  # claims success and does nothing
    lines.append((_RETURN, 0, 0, _ALLOW))
    return b"".join(struct.pack("HBBI", *line) for line in lines)


def _when(number: int, outcome: int) -> list[tuple[int, int, int, int]]:
    return [(_EQUAL, 0, 1, number), (_RETURN, 0, 0, outcome)]


def _when_argument(
    number: int, test: int, value: int
) -> list[tuple[int, int, int, int]]:
    """Allow a call if its first argument passes the test, and refuse it otherwise."""
    return [
        (_EQUAL, 0, 4, number),
        (_LOAD, 0, 0, _FIRST_ARGUMENT_AT),
        (test, 1, 0, value),
        (_RETURN, 0, 0, _ERROR | errno.EPERM),
        (_RETURN, 0, 0, _ALLOW),
    ]
