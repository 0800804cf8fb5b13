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
        has_read = False
        try:
            while True:
                frame = self._next_frame()
                if frame is not None:
                    return frame
                # what came is heard before it is said to be late
                is_late = has_read and watch.is_due and watch.is_over
                if is_late or not self._wait(watch):
                    return "overflowed" if watch.has_overflowed else "expired"
                if not self._read():
                    return "closed"
                has_read = True
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
        is_eager = bool(self._incoming)
        while True:
            ready = self._ends.wait(
                watch.next_look, is_sending=bool(self._outgoing), is_eager=is_eager
            )
            if ready.to_drain:
                self._keep(self._ends.drain() or b"")
            if ready.to_write:
                self._write()
            if ready.to_read:
                return True
            has_looked = is_eager or not (ready.to_drain or ready.to_write)
            if has_looked and watch.is_over:
                return False
            is_eager = is_eager or not has_looked  # it may print without an end

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
