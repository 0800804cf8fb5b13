"""The trusted side's two ends of a worker: its wire, and the pipe that it prints to.

Sockets and pipes are polled where that is possible. Elsewhere (Windows can wait for no
pipe) threads read and write them; to whoever uses them both are the same.
"""

import contextlib
import os
import select
import socket
import threading
import time
from collections.abc import Callable
from typing import Final, NamedTuple, Protocol

CHUNK_BYTES: Final = 2**18
# not read further until somebody takes it: a flood waits where it comes from
_MOST_WAITING_BYTES: Final = 2**20
# a reader that something keeps from seeing the end; it dies with this process
_FAREWELL_SECONDS: Final = 0.5
_POLLIN: Final = getattr(select, "POLLIN", 1)
_POLLOUT: Final = getattr(select, "POLLOUT", 4)
_GONE: Final = getattr(select, "POLLHUP", 16) | getattr(select, "POLLERR", 8)
_READABLE: Final = _POLLIN | _GONE
_MOST_RINGS: Final = 4096


class Ready(NamedTuple):
    """What can be done without waiting."""

    to_read: bool
    to_write: bool
    to_drain: bool


class Ends(Protocol):
    """Two ends of a worker. Nothing but `wait` waits.

    What is read is `None` where there is nothing yet, and empty at the end.
    """

    def wait(self, seconds: float, *, is_sending: bool, is_eager: bool) -> Ready:
        """Wait until something can be done, so many seconds at the most.

        Unless *is_eager*, what the worker says may wait until it asks to be heard, or
        until the time is over.
        """

    def send(self, some: memoryview) -> int:
        """Take as much as there is room for, and say how many bytes that was."""

    def receive(self) -> bytes | None:
        """Return some of what came over the wire."""

    def drain(self) -> bytes | None:
        """Return some of what was printed."""

    def close(self) -> bytes:
        """Let go of both, and return what was printed and not yet taken."""


class PolledEnds:
    """A socket and two pipes: what is printed, and a bell.

    The worker rings when an answer is whole or much is waiting. What it writes before
    that wakes nobody, which would cost both sides more than the writing.
    """

    def __init__(self, wire: socket.socket, output: int, bell: int) -> None:
        wire.settimeout(0)
        self._wire = wire
        self._output = output
        self._bell = bell
        self._poll = select.poll()
        for pipe in (output, bell):
            os.set_blocking(pipe, False)
            self._poll.register(pipe, _POLLIN)
        self._can_print = True
        self._can_ring = True

    def wait(self, seconds: float, *, is_sending: bool, is_eager: bool) -> Ready:
        """Wait until something can be done, so many seconds at the most."""
        hears_all = is_eager or not self._can_ring
        ready = self._look(seconds, is_sending=is_sending, hears_all=hears_all)
        if not (ready or hears_all):  # it may be busy, and have said something before
            ready = self._look(0, is_sending=is_sending, hears_all=True)
        wire = ready.get(self._wire.fileno(), 0)
        rings = self._bell in ready and self._hear()
        return Ready(
            to_read=rings or bool(wire & _READABLE),
            to_write=bool(wire & _POLLOUT),
            to_drain=self._output in ready,
        )

    def _look(
        self, seconds: float, *, is_sending: bool, hears_all: bool
    ) -> dict[int, int]:
        wanted = _READABLE if hears_all else _GONE
        self._poll.register(self._wire, wanted | (_POLLOUT if is_sending else 0))
        return dict(self._poll.poll(seconds * 1000))

    def _hear(self) -> bool:
        """Take the rings; a bell that was closed is not listened to any more."""
        with contextlib.suppress(BlockingIOError):
            if not os.read(self._bell, _MOST_RINGS):
                self._can_ring = False
                self._poll.unregister(self._bell)
        return True

    def send(self, some: memoryview) -> int:
        """Take as much as there is room for."""
        with contextlib.suppress(BlockingIOError, ConnectionError):
            return self._wire.send(some)
        return 0

    def receive(self) -> bytes | None:
        """Return some of what came over the wire."""
        try:
            return self._wire.recv(CHUNK_BYTES)
        except BlockingIOError:
            return None
        except ConnectionError:
            return b""

    def drain(self) -> bytes | None:
        """Return some of what was printed; its end is told once."""
        try:
            some = os.read(self._output, CHUNK_BYTES)
        except BlockingIOError:
            return None
        except OSError:
            some = b""
        if not some and self._can_print:
            self._can_print = False
            self._poll.unregister(self._output)
        return some

    def close(self) -> bytes:
        """Let go of both, and return what was printed and not yet taken."""
        last = bytearray()
        while len(last) < _MOST_WAITING_BYTES and (some := self.drain()):
            last += some
        self._wire.close()
        for pipe in (self._output, self._bell):
            with contextlib.suppress(OSError):
                os.close(pipe)
        return bytes(last)


class ThreadedEnds:
    """Three pipes, as a process has them: requests in, answers out, and errors."""

    def __init__(
        self,
        requests: int,
        answers: int,
        output: int,
        *,
        has_ended: Callable[[], bool],
    ) -> None:
        self._has_ended = has_ended  # what it started may still hold the pipes
        self._ended_at: float | None = None
        self._changed = threading.Condition()
        self._outgoing = bytearray()
        self._is_open = True
        self._answers = _Inlet(answers, self._changed)
        self._printed = _Inlet(output, self._changed)
        self._requests = requests
        self._threads = [
            threading.Thread(target=work, daemon=True)
            for work in (self._answers.fill, self._printed.fill, self._write)
        ]
        for thread in self._threads:
            thread.start()

    def wait(self, seconds: float, *, is_sending: bool, is_eager: bool) -> Ready:  # noqa: ARG002 - its threads hear everything
        """Wait until something can be done, so many seconds at the most."""
        if self._ended_at is None and self._has_ended():
            self._ended_at = time.monotonic()
        with self._changed:
            self._changed.wait_for(lambda: any(self._ready(is_sending)), seconds)
            if not any(self._ready(is_sending)) and self._is_long_over:
                self._answers.has_ended = True
            return self._ready(is_sending)

    @property
    def _is_long_over(self) -> bool:
        """Whether it ended so long ago that all it said must have come."""
        ended = self._ended_at
        return ended is not None and time.monotonic() - ended > _FAREWELL_SECONDS

    def send(self, some: memoryview) -> int:
        """Take as much as there is room for."""
        with self._changed:
            fitting = some[: max(_MOST_WAITING_BYTES - len(self._outgoing), 0)]
            self._outgoing += fitting
            self._changed.notify_all()
            return len(fitting)

    def receive(self) -> bytes | None:
        """Return some of what came over the wire."""
        return self._answers.take()

    def drain(self) -> bytes | None:
        """Return some of what was printed; its end is told once."""
        return self._printed.take()

    def close(self) -> bytes:
        """Let go of all three, once nobody is using them."""
        with self._changed:
            self._is_open = False
            self._answers.is_open = self._printed.is_open = False
            self._changed.notify_all()
        for thread in self._threads:
            thread.join(_FAREWELL_SECONDS)
        return self._printed.take() or b""

    def _ready(self, is_sending: bool) -> Ready:  # noqa: FBT001 - `wait` names it
        return Ready(
            to_read=self._answers.has_news,
            to_write=is_sending and len(self._outgoing) < _MOST_WAITING_BYTES,
            to_drain=self._printed.has_news,
        )

    def _write(self) -> None:
        """Write what is to be sent, until nobody reads or nobody sends."""
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._outgoing or not self._is_open)
                if not self._is_open:
                    break
                some = bytes(self._outgoing[:CHUNK_BYTES])
            try:
                sent = os.write(self._requests, some)
            except OSError:
                break
            with self._changed:
                del self._outgoing[:sent]
                self._changed.notify_all()
        with contextlib.suppress(OSError):
            os.close(self._requests)


class _Inlet:
    """What a thread has read from a pipe and nobody has taken yet."""

    def __init__(self, descriptor: int, changed: threading.Condition) -> None:
        self._descriptor = descriptor
        self._changed = changed
        self._waiting = bytearray()
        self.has_ended = False
        self._end_is_told = False
        self.is_open = True

    @property
    def has_news(self) -> bool:
        """Whether there is something to take, or an end to be told."""
        return bool(self._waiting) or (self.has_ended and not self._end_is_told)

    def take(self) -> bytes | None:
        """Return what is there; empty at the end, None where nothing came yet."""
        with self._changed:
            if not self._waiting:
                self._end_is_told = self.has_ended
                return b"" if self.has_ended else None
            some = bytes(self._waiting)
            self._waiting.clear()
            self._changed.notify_all()
            return some

    def fill(self) -> None:
        """Read until the other side closes, no faster than it is taken."""
        while self._has_room and (some := _read(self._descriptor)):
            with self._changed:
                self._waiting += some
                self._changed.notify_all()
                self._changed.wait_for(lambda: self._has_room or not self.is_open)
        with self._changed:
            self.has_ended = True
            self._changed.notify_all()
        with contextlib.suppress(OSError):
            os.close(self._descriptor)

    @property
    def _has_room(self) -> bool:
        return len(self._waiting) < _MOST_WAITING_BYTES


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, CHUNK_BYTES)
    except OSError:
        return b""
