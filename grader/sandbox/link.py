"""The trusted end of a wire: frames out, frames in, printed text drained on the way.

Never waits without a watch, in either direction: a worker that does not read is as
bounded as one that does not answer.
"""

import contextlib
import os
import select
import socket
from collections.abc import Sequence
from typing import Final, Literal

from grader.sandbox.visible import visible
from grader.sandbox.watch import Watch
from grader.sandbox.wire import Frame, WireError, frame_size, pack, unpack

Loss = Literal["closed", "expired", "overflowed", "malformed"]

_CHUNK_BYTES: Final = 2**18
# Windows has no poll; nothing is started there, but importing must not fail
_POLLIN: Final = getattr(select, "POLLIN", 1)
_POLLOUT: Final = getattr(select, "POLLOUT", 4)
_READABLE: Final = (
    _POLLIN | getattr(select, "POLLHUP", 16) | getattr(select, "POLLERR", 8)
)
# drained after the end: what the pipe still holds
_LAST_READS: Final = 64


class Link:
    """Talks to one worker."""

    def __init__(self, wire: socket.socket, output: int, kept_bytes: int) -> None:
        wire.settimeout(0)
        os.set_blocking(output, False)
        self._wire = wire
        self._output = output
        self._kept_bytes = kept_bytes
        self._printed = bytearray()
        self._dropped = False
        self._incoming = bytearray()
        self._outgoing = bytearray()
        self._poll = select.poll()
        self._poll.register(output, _POLLIN)

    def send(self, kind: str, body: object, buffers: Sequence[bytes] = ()) -> None:
        """Put a frame on its way; it leaves while an answer is waited for."""
        self._outgoing += pack(kind, body, buffers)
        self._write()

    def receive(self, watch: Watch) -> Frame | Loss:
        """Wait for the next frame, or for the worker's end, or for the watch's."""
        try:
            while True:
                frame = self._next_frame()
                if frame is not None:
                    return frame
                if not self._wait(watch):
                    return "overflowed" if watch.has_overflowed else "expired"
                if not self._read():
                    return "closed"
        except WireError:
            return "malformed"

    @property
    def printed(self) -> str:
        """What was printed, made visible, and where it was cut."""
        text = visible(self._printed.decode("utf-8", "replace"))
        return text + ("\n… (the rest is not kept)\n" if self._dropped else "")

    def close(self) -> None:
        """Take what is still in the pipe, and close both ends."""
        for _ in range(_LAST_READS):
            if not self._drain():
                break
        self._wire.close()
        with contextlib.suppress(OSError):
            os.close(self._output)

    def _next_frame(self) -> Frame | None:
        size = frame_size(self._incoming)
        if size is None or len(self._incoming) < size:
            return None
        frame = unpack(memoryview(self._incoming)[:size].toreadonly())
        del self._incoming[:size]
        return frame

    def _wait(self, watch: Watch) -> bool:
        """Wait until the worker wrote something; False when its time is over."""
        events = _READABLE | (_POLLOUT if self._outgoing else 0)
        self._poll.register(self._wire, events)
        while True:
            ready = dict(self._poll.poll(watch.next_look * 1000))
            if self._output in ready and not self._drain():
                self._poll.unregister(self._output)
                self._poll.register(self._output, 0)
            wire = ready.get(self._wire.fileno(), 0)
            if wire & _POLLOUT:
                self._write()
                events = _READABLE | (_POLLOUT if self._outgoing else 0)
                self._poll.modify(self._wire, events)
            if wire & _READABLE:
                return not (watch.is_due and watch.is_over)
            if watch.is_over:
                return False

    def _write(self) -> None:
        with contextlib.suppress(BlockingIOError, BrokenPipeError, ConnectionError):
            while self._outgoing:
                sent = self._wire.send(memoryview(self._outgoing)[:_CHUNK_BYTES])
                del self._outgoing[:sent]

    def _read(self) -> bool:
        try:
            some = self._wire.recv(_CHUNK_BYTES)
        except BlockingIOError:
            return True
        except ConnectionError:
            return False
        self._incoming += some
        return bool(some)

    def _drain(self) -> bool:
        """Take what was printed; False when nobody can print any more."""
        try:
            some = os.read(self._output, _CHUNK_BYTES)
        except BlockingIOError:
            return True
        except OSError:
            return False
        room = self._kept_bytes - len(self._printed)
        self._printed += some[:room]
        self._dropped |= len(some) > room
        return bool(some)
