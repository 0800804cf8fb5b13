"""This process's memory -> fewer and larger pages, so that forking it costs less.

A fork copies one entry for each page, and its end takes each back: for a process that
has loaded numpy and sympy that is most of what an otherwise idle child costs. On Linux
6.1 and later a process can have its own memory put together; elsewhere nothing happens.
"""

import contextlib
import ctypes
import platform
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from grader.sandbox.layers.kernel import call

LARGE_PAGE_BYTES: Final = 2**21
_ROOM_BYTES: Final = 48 * 2**20  # of what numpy, sympy and matplotlib keep, most
_ARENA_BYTES: Final = 2**20  # of CPython 3.10 and later
_BLOCK_BYTES: Final = 512 - 33  # with what a bytes object needs, an arena's largest
_MADVISE: Final = 28 if platform.machine() == "x86_64" else 233
_MAY_BE_LARGE: Final = 14
_PUT_TOGETHER: Final = 25


def room_in_one_place() -> list[bytes]:
    """Have the interpreter's arenas side by side, for as long as the result is kept.

    Taken one by one they would lie between the libraries that are loaded meanwhile,
    each too small for a large page. What is returned keeps them from being given back
    before something else is in them.
    """
    blocks: list[bytes | None] = [None] * (_ROOM_BYTES // _BLOCK_BYTES)
    for place in range(len(blocks)):  # a list that grew would lie between them
        blocks[place] = bytes(_BLOCK_BYTES)
    return [block for block in blocks[:: _ARENA_BYTES // 2 // _BLOCK_BYTES] if block]


def use_large_pages() -> None:
    """Put the heap and the interpreter's arenas onto large pages, where that works.

    What is free goes back first: put together it would be copied by each child that
    fills it, where memory that is new to the child is only cleared.
    """
    _give_back_what_is_free()
    with contextlib.suppress(OSError):
        maps = Path("/proc/self/maps").read_text("utf-8", "replace")
        for start, stop in _writable(maps):
            first = -(-start // LARGE_PAGE_BYTES) * LARGE_PAGE_BYTES
            length = stop // LARGE_PAGE_BYTES * LARGE_PAGE_BYTES - first
            if length > 0:
                with contextlib.suppress(OSError):
                    call(_MADVISE, first, length, _MAY_BE_LARGE)
                    call(_MADVISE, first, length, _PUT_TOGETHER)


def _give_back_what_is_free() -> None:
    with contextlib.suppress(OSError, AttributeError):  # glibc's own, and no other's
        ctypes.CDLL(None).malloc_trim(0)


def _writable(maps: str) -> Iterator[tuple[int, int]]:
    """Return where memory begins and ends that belongs to no file."""
    for line in maps.splitlines():
        place, rights, _, _, _, *name = line.split(maxsplit=5)
        if rights == "rw-p" and (not name or name == ["[heap]"]):
            start, stop = place.split("-")
            yield int(start, 16), int(stop, 16)
