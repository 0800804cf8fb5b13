"""CPU seconds -> an exception in student code: the soft half of every limit.

The worker interrupts itself so that an endless loop costs one cell and the process
lives on. A loop that swallows the exception, or a call that never comes back to the
interpreter, is killed from outside (`grader.sandbox.watch`).

The kernel's interval timer does this where there is one; elsewhere a thread looks at
the clock of the process.
"""

import contextlib
import ctypes
import signal
import threading
import time
from collections.abc import Iterator
from types import FrameType
from typing import Final

# a loop that swallowed the exception hears it again so many CPU seconds later
_AGAIN_SECONDS: Final = 0.2
# how often a thread looks at the clock
_LOOK_SECONDS: Final = 0.05
_ARMED: Final[list[bool]] = []  # not empty while student code runs


class TimeUp(BaseException):
    """The CPU time that this piece of work may take is used up."""


def listen() -> None:
    """Hear of the timer again, whatever student code has put in our place.

    Not part of `at_most`: asking who listens takes longer than most pieces of work.
    """
    if hasattr(signal, "SIGPROF"):
        signal.signal(signal.SIGPROF, _interrupt)


@contextlib.contextmanager
def at_most(cpu_seconds: float) -> Iterator[None]:
    """Raise `TimeUp` in this thread, which is the main one, after so much CPU time."""
    if not hasattr(signal, "setitimer"):
        with _watched_by_a_thread(cpu_seconds):
            yield
        return
    signal.setitimer(signal.ITIMER_PROF, max(cpu_seconds, 0.01), _AGAIN_SECONDS)
    _ARMED.append(True)
    try:
        yield
    finally:
        _ARMED.clear()  # a signal may still be on its way
        signal.setitimer(signal.ITIMER_PROF, 0)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    if _ARMED:
        raise TimeUp


@contextlib.contextmanager
def _watched_by_a_thread(cpu_seconds: float) -> Iterator[None]:
    is_over = threading.Event()
    lock = threading.Lock()
    worked = threading.get_ident()

    def look() -> None:
        limit = time.process_time() + cpu_seconds
        while not is_over.wait(_LOOK_SECONDS):
            if time.process_time() > limit:
                limit = time.process_time() + _AGAIN_SECONDS
                with lock:
                    if not is_over.is_set():
                        _raise_in(worked, TimeUp)

    threading.Thread(target=look, daemon=True).start()
    try:
        yield
    finally:
        is_over.set()
        with lock:
            _raise_in(worked, None)  # what was on its way does not arrive any more


def _raise_in(thread: int, kind: type[BaseException] | None) -> None:
    """Have *kind* raised in a thread at its next step; None takes that back."""
    raised = ctypes.py_object(kind) if kind is not None else None
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), raised)
