"""Cells of a submission -> a namespace, by way of a Jupyter kernel in this process.

The kernel has the main thread, as it has under Jupyter; a client in a thread of its own
hands it one cell after the other and prints what it shows. When the last one is done
the main thread is free again, and answers for the namespace that is left.
"""

import asyncio
import builtins
import contextlib
import os
import signal
import sys
import threading
from collections.abc import Awaitable, Mapping
from types import FrameType
from typing import Any, Final, TextIO

import zmq

from grader.sandbox.inside.cells import Say, Unit, Work
from grader.sandbox.inside.jupyter import KernelApplication, Reply
from grader.sandbox.inside.output import CappedOutput
from grader.sandbox.inside.timers import TimeUp, at_most
from grader.sandbox.inside.told import place, tell

_MOST_SHOWN_CHARACTERS: Final = 20_000


class KernelRunner:
    """Runs the cells of one submission in a kernel, in their order."""

    def __init__(self, work: Work, say: Say) -> None:
        self._work = work
        self._say = say
        self._unit: Unit = (0, -1)
        self._is_done = False
        self._task: asyncio.Task[Any] | None = None
        self._is_late = False
        output = sys.stdout  # the kernel puts a stream of its own there
        application = KernelApplication.started(_room_in(output))
        application.kernel.oversee = self._oversee
        self._client = Client(application, output)
        os.register_at_fork(after_in_child=lambda: _print_to(output))
        self._kernel = application.kernel
        self._shell = application.kernel.shell
        builtins.input = application.kernel.raw_input  # also in calls, after the cells
        self.namespace: dict[str, Any] = self._shell.user_ns
        self.given = dict(self.namespace)
        self.files = {f"<{label}>": label for label, _ in work.blocks}

    def run(self) -> None:
        """Run every cell that is not to be skipped, and say what fails."""
        self._kernel.start()
        threading.Thread(target=self._hand_over, name="client", daemon=True).start()
        while not self._is_done:
            with contextlib.suppress(BaseException):  # of a task that no cell waits for
                self._kernel.io_loop.start()

    def _on_time(self, _number: int, frame: FrameType | None) -> None:
        """End the cell: at once where it runs, else by the loop, which must not break."""
        if self._task is None:
            return
        if _is_within(frame, self.files):
            raise TimeUp
        self._is_late = True
        loop = self._kernel.io_loop.asyncio_loop
        loop.call_soon_threadsafe(self._task.cancel)

    def _hand_over(self) -> None:
        """Hand the kernel its cells, and go on printing what it shows.

        A kernel that a cell has broken takes none of the later ones: the process ends,
        and they are run in another.
        """
        try:
            for number, (label, text) in enumerate(self._work.blocks):
                unit = (number, 0)
                if self._work.stop is not None and unit > self._work.stop:
                    break
                if unit not in self._work.skip:
                    self._unit = unit
                    self._shell.compile.cell_name = f"<{label}>"
                    self._client.execute(text)
        except BaseException:  # noqa: BLE001 - whatever a closed socket raises
            os.abort()
        self._is_done = True
        self._kernel.io_loop.add_callback(self._kernel.io_loop.stop)
        self._client.print_forever()

    async def _oversee(self, executing: Awaitable[Reply]) -> Reply:
        """Time a cell, and say how it went wrong; runs in the main thread."""
        self._say("began", list(self._unit))
        self._shell.last_error = None
        self._task, self._is_late = asyncio.current_task(), False
        reply: Reply = {"status": "error", "ename": "", "evalue": "", "traceback": []}
        try:
            with at_most(self._work.cell_seconds):
                if hasattr(signal, "SIGPROF"):
                    signal.signal(signal.SIGPROF, self._on_time)
                reply = await executing
            error = self._shell.last_error
        except BaseException as raised:  # noqa: BLE001 - student code may raise anything
            error = raised
        self._task = None
        if self._is_late:
            error = TimeUp()
        if error is not None:
            label = self._work.blocks[self._unit[0]][0]
            self._say("failure", [label, self._told(error, label)])
        _close_figures()
        return reply

    def _told(self, error: BaseException, label: str) -> str:
        match error:
            case TimeUp():
                limit = f"{self._work.cell_seconds:g}"
                return f"it did not finish in {limit} s of CPU time"
            case SystemExit():
                return "it called exit()"
            case _:
                where = place(error, self.files).removeprefix(f"{label}, ")
                return tell(error) + (f" ({where})" if where else "")


class Client:
    """The other end of the kernel's channels; it belongs to one thread."""

    def __init__(self, application: KernelApplication, output: TextIO) -> None:
        self._session = application.client_session()
        self._requests = application.connect("shell", zmq.DEALER)
        self._shown = application.connect("iopub", zmq.SUB)
        self._output = output

    def execute(self, text: str) -> None:
        """Have a cell run, and print what it shows until the kernel is idle again."""
        content = {"code": text, "allow_stdin": False, "stop_on_error": False}
        request = self._session.send(self._requests, "execute_request", content)
        number = request["header"]["msg_id"] if request is not None else ""
        while not self._print_next(number):
            pass
        self._session.recv(self._requests, mode=0)

    def print_forever(self) -> None:
        """Print what is shown while the work is asked for answers."""
        while True:
            self._print_next("")

    def _print_next(self, request: str) -> bool:
        """Print the next message; True if it says that *request* has been met."""
        _, message = self._session.recv(self._shown, mode=0)
        match message:
            case {"msg_type": "stream", "content": {"text": text}}:
                self._print(text)
            case {"content": {"data": {"text/plain": text}}}:
                self._print(text[:_MOST_SHOWN_CHARACTERS] + "\n")
            case {
                "parent_header": {"msg_id": met},
                "content": {"execution_state": "idle"},
            }:
                return bool(met == request)
            case _:
                pass
        return False

    def _print(self, text: str) -> None:
        self._output.write(text)
        self._output.flush()


def _is_within(frame: FrameType | None, files: Mapping[str, str]) -> bool:
    """Tell whether code of one of *files* is being run."""
    while frame is not None:
        if frame.f_code.co_filename in files:
            return True
        frame = frame.f_back
    return False


def _room_in(output: TextIO) -> int:
    raw = getattr(output.buffer, "raw", None)
    return raw.left if isinstance(raw, CappedOutput) else sys.maxsize


def _print_to(output: TextIO) -> None:
    """Let a process that was forked print by itself: it has no kernel."""
    sys.stdout = sys.stderr = output


def _close_figures() -> None:
    """Close the figures of a cell, as the inline backend does."""
    pyplot = sys.modules.get("matplotlib.pyplot")
    with contextlib.suppress(Exception):  # the student may have put anything there
        if pyplot is not None:
            pyplot.close("all")
