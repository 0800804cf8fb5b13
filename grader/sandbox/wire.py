"""Bytes on a descriptor <-> frames: a kind, a plain body, raw buffers.

A frame is two little-endian sizes, a JSON header `[kind, body, buffer sizes]`, and the
buffers behind it. Sizes are known before anything is allocated, and the header's number
of items before it is parsed, so that every frame is bounded in time and memory.

Both sides of the wire use this module: it loads the standard library only.
"""

import json
import os
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

# a header holds names, small values and trees; numbers in bulk travel as buffers
MOST_HEADER_BYTES: Final = 4 * 2**20
# eight million doubles: above what a part of homework returns, below what hurts
MOST_BUFFER_BYTES: Final = 64 * 2**20
MOST_BUFFERS: Final = 10_000
# an item of parsed JSON takes some 100 bytes, so this is 40 MB at the very most
MOST_ITEMS: Final = 400_000
# deeper than any value that is taken, shallower than the parser's own stack
DEEPEST: Final = 200
_SIZES: Final = struct.Struct("<II")


def _no_constant(name: str) -> object:
    raise ValueError(name)


_ENCODER: Final = json.JSONEncoder(separators=(",", ":"))
_DECODER: Final = json.JSONDecoder(parse_constant=_no_constant)


class WireError(Exception):
    """The other side sent what is no frame."""


class TooLarge(Exception):
    """An answer is larger than any that is taken."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One message: what it is, its plain body, and its numbers in bulk."""

    kind: str
    body: Any
    buffers: tuple[bytes, ...] = ()


def pack(kind: str, body: object, buffers: Sequence[bytes] = ()) -> bytes:
    """Return the bytes of a frame.

    Raises:
        WireError: it is larger than the other side would take.
    """
    sizes = [len(b) for b in buffers]
    header = _ENCODER.encode([kind, body, sizes]).encode("ascii")
    if len(header) > MOST_HEADER_BYTES or sum(sizes) > MOST_BUFFER_BYTES:
        raise WireError("too large")
    if len(sizes) > MOST_BUFFERS or _has_too_many_items(header):
        raise WireError("too many items")
    return b"".join([_SIZES.pack(len(header), sum(sizes)), header, *buffers])


def frame_size(start: bytes | bytearray | memoryview) -> int | None:
    """Return how many bytes the frame has that *start* begins; None: not known yet.

    Raises:
        WireError: it would be larger than is allowed.
    """
    if len(start) < _SIZES.size:
        return None
    header, buffers = _SIZES.unpack_from(start)
    if header > MOST_HEADER_BYTES or buffers > MOST_BUFFER_BYTES:
        raise WireError("the frame is too large")
    return int(_SIZES.size + header + buffers)


def unpack(raw: bytes | bytearray | memoryview) -> Frame:
    """Return the frame that *raw* holds, whole and nothing else.

    Raises:
        WireError: it is no frame.
    """
    size = frame_size(raw)
    if size is None or size != len(raw):
        raise WireError("the frame is cut off")
    length, _ = _SIZES.unpack_from(raw)
    end = _SIZES.size + length
    kind, body, sizes = _parse(bytes(raw[_SIZES.size : end]))
    if not sizes and size == end:
        return Frame(kind, body)
    return Frame(kind, body, _cut(memoryview(raw)[end:], sizes))


def _parse(header: bytes) -> tuple[str, Any, list[int]]:
    if _has_too_many_items(header):
        raise WireError("the frame has too many items")
    try:
        text = header.decode("ascii")
        parsed, end = _DECODER.raw_decode(text)
    except (ValueError, RecursionError) as error:
        raise WireError("the header is not JSON") from error
    if end != len(text):
        raise WireError("the header is more than JSON")
    match parsed:
        case [str(kind), body, list(sizes)] if len(sizes) <= MOST_BUFFERS:
            return kind, body, sizes
        case _:
            raise WireError("the header is not a kind, a body and sizes")


def _has_too_many_items(header: bytes) -> bool:
    """Tell whether the JSON text may hold more values than are taken."""
    if len(header) <= MOST_ITEMS:  # each has a sign of its own at the least
        return False
    return sum(header.count(sign) for sign in (b",", b"[", b"{")) > MOST_ITEMS


def _cut(rest: memoryview, sizes: list[int]) -> tuple[bytes, ...]:
    if any(type(size) is not int or size < 0 for size in sizes):
        raise WireError("a buffer's size is no size")
    if sum(sizes) != len(rest):
        raise WireError("the buffers do not add up")
    found, start = [], 0
    for size in sizes:
        found.append(bytes(rest[start : start + size]))
        start += size
    return tuple(found)


def read_frame(descriptor: int) -> Frame | None:
    """Wait for the next frame; None when the other side has closed.

    For the side that can wait; the trusted side reads through `grader.sandbox.link`.
    """
    start = _read_exactly(descriptor, _SIZES.size)
    if start is None:
        return None
    rest = _read_exactly(descriptor, (frame_size(start) or 0) - _SIZES.size)
    return None if rest is None else unpack(start + rest)


def _read_exactly(descriptor: int, size: int) -> bytes | None:
    parts = bytearray()
    while len(parts) < size:
        some = os.read(descriptor, min(size - len(parts), 2**20))
        if not some:
            return None
        parts += some
    return bytes(parts)


def write(descriptor: int, raw: bytes | memoryview) -> None:
    """Write all of a frame's bytes, waiting where the wire is full."""
    left = memoryview(raw)
    while left:
        left = left[os.write(descriptor, left) :]
