"""The trusted end of a wire: frames out, frames in, printed text drained on the way.

Never waits without a watch, in either direction: a worker that does not read is as
bounded as one that does not answer.
"""

from collections.abc import Sequence
from typing import Literal

from grader.sandbox.ends import CHUNK_BYTES, Ends
from grader.sandbox.visible import visible
from grader.sandbox.watch import Watch
from grader.sandbox.wire import Frame, WireError, frame_size, pack, unpack

Loss = Literal["closed", "expired", "overflowed", "malformed"]


class Link:
    """Talks to one worker."""

    def __init__(self, ends: Ends, kept_bytes: int) -> None:
        self._ends = ends
        self._kept_bytes = kept_bytes
        self._printed = bytearray()
        self._dropped = False
        self._incoming = bytearray()
        self._outgoing = bytearray()

    def send(self, kind: str, body: object, buffers: Sequence[bytes] = ()) -> None:
        """Put a frame on its way; it leaves while an answer is waited for."""
        self._outgoing += pack(kind, body, buffers)
        self._write()

    @property
    def has_room(self) -> bool:
        """Whether all that was sent is with the worker."""
        return not self._outgoing

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
        self._keep(self._ends.close())

    def _next_frame(self) -> Frame | None:
        size = frame_size(self._incoming)
        if size is None or len(self._incoming) < size:
            return None
        frame = unpack(memoryview(self._incoming)[:size].toreadonly())
        del self._incoming[:size]
        return frame

    def _wait(self, watch: Watch) -> bool:
        """Wait until the worker wrote something; False when its time is over."""
        is_printing = False
        while True:
            ready = self._ends.wait(
                watch.next_look,
                is_sending=bool(self._outgoing),
                is_eager=is_printing or bool(self._incoming),
            )
            is_printing = ready.to_drain  # which could keep it from ever being heard
            if ready.to_drain:
                self._keep(self._ends.drain() or b"")
            if ready.to_write:
                self._write()
            if ready.to_read:
                return not (watch.is_due and watch.is_over)
            if watch.is_over:
                return False

    def _write(self) -> None:
        while self._outgoing:
            sent = self._ends.send(memoryview(self._outgoing)[:CHUNK_BYTES])
            if not sent:
                break
            del self._outgoing[:sent]

    def _read(self) -> bool:
        some = self._ends.receive()
        if some is None:
            return True
        self._incoming += some
        return bool(some)

    def _keep(self, some: bytes) -> None:
        """Keep of what was printed as much as there is room for."""
        room = self._kept_bytes - len(self._printed)
        self._printed += some[:room]
        self._dropped |= len(some) > room
