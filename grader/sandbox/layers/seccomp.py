"""Lists of system calls -> a filter that refuses them, for this process and for good.

Refused are sockets, programs, processes, other processes' memory and signals, kernel
interfaces with a history of holes, and changes of what a file is allowed to (landlock
does not see those). Threads, files and memory stay. A weaker profile may leave programs,
sockets of the internet's families and signals; what else keeps those in is told there.
What a machine's numbers are is a table; the filter is some 200 instructions of classic
BPF.
"""

import ctypes
import errno
import functools
import itertools
import os
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from grader.sandbox.layers.kernel import (
    MACHINE,
    PR_SET_CHILD_SUBREAPER,
    PR_SET_PDEATHSIG,
    PR_SET_SECCOMP,
    control,
)

_FILTER_MODE: Final = 2
_ALLOW: Final = 0x7FFF0000
_KILL: Final = 0x80000000
_ERROR: Final = 0x00050000
_CLONE_THREAD: Final = 0x00010000
_CLONE_NAMESPACES: Final = 0x7E020000
_X32_BIT: Final = 0x40000000

_LOAD, _EQUAL, _AT_LEAST, _HAS_BITS, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_NUMBER_AT, _MACHINE_AT = 0, 4
_FIRST_ARGUMENT_AT, _SECOND_ARGUMENT_AT, _THIRD_ARGUMENT_AT = 16, 24, 32
_MASK: Final = 0x54

_ALL: Final = 0xFFFFFFFF
_Line = tuple[int, int, int, int]

_INTERNET_FAMILIES: Final = (2, 10)  # AF_INET, AF_INET6
_NETLINK, _ROUTES = 16, 0  # and of its protocols one: which interfaces there are
# streams and packets; one of a pair of datagrams could write to any socket with a path
_PAIRED_TYPES: Final = (1, 5)
_TYPE_BITS: Final = 0xF

# what ties a process to whoever started it
_KEPT: Final = (PR_SET_CHILD_SUBREAPER, PR_SET_PDEATHSIG)
_FILE_OWNERS: Final = (8, 10, 15)  # F_SETOWN, F_SETSIG, F_SETOWN_EX
_DEVICE_OWNERS: Final = (0x8901, 0x8902)  # FIOSETOWN, SIOCSPGRP
_SAME_EVERYWHERE: Final = (
    # pidfd_send_signal, io_uring (3), open_tree .. fspick, pidfd_open, pidfd_getfd
    *(424, 425, 426, 427, 428, 429, 430, 431, 432, 433, 434, 438),
    *(440, 442, 447),  # process_madvise, mount_setattr, memfd_secret
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """What a weaker profile leaves to a process.

    *programs*: fork and exec. *sockets*: those of the internet's families; only where
    no network is in reach. *signals*: to any process; only where landlock keeps them in.
    """

    programs: bool = False
    sockets: bool = False
    signals: bool = False


NOTHING: Final = Allowance()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    """One machine's numbers."""

    machine: int
    sockets: tuple[int, ...]
    programs: tuple[int, ...]
    refused: tuple[int, ...]
    pretended: tuple[int, ...]
    own_process: tuple[int, ...]
    clone: int
    limits: int
    pairs: int
    control: int
    file_control: int
    device_control: int


_TABLES: Final = {
    "x86_64": _Table(
        machine=0xC000003E,
        sockets=(41, 42, 43, 49, 50, 288),  # socket connect accept bind listen accept4
        programs=(57, 58, 59),  # fork vfork execve
        refused=(
            *(322, 200, 129, 297),  # execveat, tkill and queued signals
            *(101, 310, 311, 312),  # ptrace process_vm_readv process_vm_writev kcmp
            *(321, 298, 323, 248, 249, 250),  # bpf perf userfaultfd keys
            *(272, 308, 165, 166, 155, 161),  # unshare setns mounts pivot_root chroot
            *(29, 30, 31, 67, 64, 65, 66, 220),  # shared memory, semaphores
            *(68, 69, 70, 71, 240, 241, 242, 243, 319),  # queues, memfd_create
            *(169, 246, 320, 175, 313, 176, 167, 168),  # reboot kexec modules swap
            *(170, 171, 172, 173, 163, 164, 227, 159, 305),  # names ports clocks
            *(103, 179, 135, 303, 304, 212, 300),  # syslog quota handles fanotify
            *(253, 254, 294),  # inotify: it names the files of any folder
        ),
        # chmod, chown, utime, xattr; priority, scheduler and processors of anybody
        pretended=(
            *(90, 91, 268, 92, 93, 94, 260, 132, 235, 261, 280),
            *(188, 189, 190, 197, 198, 199, 452, 463, 466),
            *(141, 142, 144, 203, 314, 251),
        ),
        own_process=(62, 234),
        clone=56,
        limits=302,
        pairs=53,
        control=157,
        file_control=72,
        device_control=16,
    ),
    "aarch64": _Table(
        machine=0xC00000B7,
        sockets=(198, 203, 202, 200, 201, 242),
        programs=(221,),
        refused=(
            *(281, 130, 138, 240, 117, 270, 271, 272),
            *(280, 241, 282, 217, 218, 219, 97, 268, 40, 39, 41, 51),
            *(194, 195, 196, 197, 190, 191, 192, 193, 186, 187, 188, 189),
            *(180, 181, 182, 183, 279, 142, 104, 294, 105, 273, 106, 224, 225),
            *(161, 162, 89, 170, 112, 171, 266, 116, 60, 92, 264, 265, 262),
            *(26, 27),
        ),
        pretended=(
            *(52, 53, 54, 55, 88, 5, 6, 7, 14, 15, 16, 452, 463, 466),
            *(140, 118, 119, 122, 274, 30),
        ),
        own_process=(129, 131),
        clone=220,
        limits=261,
        pairs=199,
        control=167,
        file_control=25,
        device_control=29,
    ),
}
_CLONE3: Final = 435


def restrict(allowance: Allowance = NOTHING) -> bool:
    """Filter this process's system calls; False: not on this machine."""
    table = _TABLES.get(MACHINE)
    if table is None:
        return False
    code = _start(table, os.getpid(), allowance) + _rest(table, allowance)
    kept = ctypes.create_string_buffer(code, len(code))
    head = struct.pack("HxxxxxxP", len(code) // 8, ctypes.addressof(kept))
    try:
        control(PR_SET_SECCOMP, _FILTER_MODE, ctypes.c_char_p(head))
    except OSError:
        return False
    return True


def prepare(allowance: Allowance = NOTHING) -> None:
    """Put together what is the same for every process; the zygote does so once."""
    table = _TABLES.get(MACHINE)
    if table is not None:
        _rest(table, allowance)


def _start(table: _Table, pid: int, allowance: Allowance) -> bytes:
    """Return the part of the filter that knows the process's own number."""
    lines = [
        (_LOAD, 0, 0, _MACHINE_AT),
        (_EQUAL, 1, 0, table.machine),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER_AT),
        (_AT_LEAST, 0, 1, _X32_BIT),
        (_RETURN, 0, 0, _ERROR | errno.EPERM),
    ]
    for number in () if allowance.signals else table.own_process:
        lines += _when_argument(number, _EQUAL, pid)
    return _packed(lines)


@functools.cache
def _rest(table: _Table, allowance: Allowance) -> bytes:
    lines = [
        *_when(_CLONE3, _ERROR | errno.ENOSYS),  # the C library falls back to clone
        *_processes(table, allowance),
        *_sockets(table, allowance),
        *_unless_argument(table.control, _EQUAL, *_KEPT),
        *_signals_by_files(table),
        *_when_argument(table.limits, _EQUAL, 0),
    ]
    for number in (*table.refused, *_SAME_EVERYWHERE):
        lines += _when(number, _ERROR | errno.EPERM)
    for number in table.pretended:
        lines += _when(number, _ERROR)  # claims success and does nothing
    lines.append((_RETURN, 0, 0, _ALLOW))
    return _packed(lines)


def _packed(lines: Iterable[_Line]) -> bytes:
    return b"".join(struct.pack("HBBI", *line) for line in lines)


def _processes(table: _Table, allowance: Allowance) -> list[_Line]:
    if not allowance.programs:
        refused = [_when(number, _ERROR | errno.EPERM) for number in table.programs]
        return [
            *_when_argument(table.clone, _HAS_BITS, _CLONE_THREAD),
            *itertools.chain(*refused),
        ]
    return _unless_argument(table.clone, _HAS_BITS, _CLONE_NAMESPACES)


def _signals_by_files(table: _Table) -> list[_Line]:
    """Refuse to have a file send signals: to whom is not looked at where it is asked."""
    at = _SECOND_ARGUMENT_AT
    return [
        *_unless_argument(table.file_control, _EQUAL, *_FILE_OWNERS, at=at),
        *_unless_argument(table.device_control, _EQUAL, *_DEVICE_OWNERS, at=at),
    ]


def _sockets(table: _Table, allowance: Allowance) -> list[_Line]:
    pairs = _when_argument(
        table.pairs, _EQUAL, *_PAIRED_TYPES, at=_SECOND_ARGUMENT_AT, mask=_TYPE_BITS
    )
    if allowance.sockets:
        return [*pairs, *_internet_alone(table.sockets[0])]
    refused = [_when(number, _ERROR | errno.EPERM) for number in table.sockets]
    return [*pairs, *itertools.chain(*refused)]


def _internet_alone(number: int) -> list[_Line]:
    """Allow sockets of the internet, and the one that lists a machine's interfaces."""
    one, other = _INTERNET_FAMILIES
    return [
        (_EQUAL, 0, 8, number),
        (_LOAD, 0, 0, _FIRST_ARGUMENT_AT),
        (_EQUAL, 5, 0, one),
        (_EQUAL, 4, 0, other),
        (_EQUAL, 0, 2, _NETLINK),
        (_LOAD, 0, 0, _THIRD_ARGUMENT_AT),
        (_EQUAL, 1, 0, _ROUTES),
        (_RETURN, 0, 0, _ERROR | errno.EPERM),
        (_RETURN, 0, 0, _ALLOW),
    ]


def _when(number: int, outcome: int) -> list[_Line]:
    return [(_EQUAL, 0, 1, number), (_RETURN, 0, 0, outcome)]


def _when_argument(
    number: int, test: int, *values: int, at: int = _FIRST_ARGUMENT_AT, mask: int = _ALL
) -> list[_Line]:
    """Allow a call if an argument passes the test once, and refuse it otherwise."""
    count = len(values)
    return [
        (_EQUAL, 0, count + 4, number),
        (_LOAD, 0, 0, at),
        (_MASK, 0, 0, mask),
        *((test, count - place, 0, value) for place, value in enumerate(values)),
        (_RETURN, 0, 0, _ERROR | errno.EPERM),
        (_RETURN, 0, 0, _ALLOW),
    ]


def _unless_argument(
    number: int, test: int, *values: int, at: int = _FIRST_ARGUMENT_AT
) -> list[_Line]:
    """Refuse a call if an argument passes the test once, and allow it otherwise."""
    count = len(values)
    return [
        (_EQUAL, 0, count + 3, number),
        (_LOAD, 0, 0, at),
        *((test, count - place, 0, value) for place, value in enumerate(values)),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _ERROR | errno.EPERM),
    ]
