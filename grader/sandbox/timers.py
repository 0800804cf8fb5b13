"""CPU seconds -> an exception in student code: the soft half of every limit.

The worker interrupts itself so that an endless loop costs one cell and the process
lives on. A loop that swallows the exception, or a call that never comes back to the
interpreter, is killed from outside (`grader.sandbox.watch`).
"""

import contextlib
import signal
from collections.abc import Iterator
from types import FrameType
from typing import Final

# a loop that swallowed the exception hears it again so many CPU seconds later
_AGAIN_SECONDS: Final = 0.2
_ARMED: Final[list[bool]] = []  # not empty while student code runs


class TimeUp(BaseException):
    """The CPU time that this piece of work may take is used up."""


@contextlib.contextmanager
def at_most(cpu_seconds: float) -> Iterator[None]:
    """Raise `TimeUp` in the main thread once so much CPU time is used.

    On a platform without interval timers nothing happens here, and the limit is kept
    from outside alone.
    """
    if not hasattr(signal, "setitimer"):
        yield
        return
    if signal.getsignal(signal.SIGPROF) is not _interrupt:
        signal.signal(signal.SIGPROF, _interrupt)
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
