"""Jobs for several desks -> what became of each; no desk is trusted to stay alive.

Desks are processes of their own so that their crash, whatever its cause, costs one
submission a second try and the batch nothing. They are told what to do, and tell what
they did, in lines of JSON.
"""

import contextlib
import io
import json
import queue
import subprocess
import sys
import tempfile
import threading
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, Final

import grader
from grader.errors import GraderError, RubricError, SandboxError
from grader.load.handed import Handed

LONGEST_START_SECONDS: Final = 300.0  # a reference may compute for a while
SHORTEST_FAREWELL_SECONDS: Final = 1.0  # time to remove folders and end processes
LONGEST_FAREWELL_SECONDS: Final = 5.0
LONGEST_FAULT_BYTES: Final = 8_000  # the end of what a desk wrote before it died
TRIES: Final = 2
LOST: Final = "lost"

_RUBRIC_FAULTS: Final = frozenset({"RubricError", "RubricFaults"})
# on Windows, Ctrl-C would reach it as well
_GROUP: Final = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)
_ROOT: Final = str(Path(grader.__file__).parent.parent)
# -P: the folder that one stands in may hold a student's numpy.py
_START: Final = "import sys; sys.path.insert(0, {root!r}); from grader.batch.desk import main; main()"


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One submission to attend to, as intake found it."""

    handed: Handed

    @property
    def submission(self) -> str:
        """Whose it is."""
        return self.handed.id

    def message(self) -> dict[str, Any]:
        """Return what a desk is told of it."""
        return {
            "id": self.handed.id,
            "name": self.handed.name,
            "path": str(self.handed.path),
            "members": [[m.inside, m.name] for m in self.handed.members],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejudging:
    """One record to judge again, as a desk is told of it; the result goes *into* a folder."""

    submission: str
    into: Path

    def message(self) -> dict[str, Any]:
        """Return what a desk is told of it."""
        return {"judge": self.submission, "into": str(self.into)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What became of a job: *did* is a desk's word, or `lost` with a *fault*."""

    submission: str
    did: str
    fault: str = ""


class DeskLost(Exception):
    """A desk died or fell silent; the text is the end of what it wrote."""


def attend_all(
    jobs: Sequence[Job | Rejudging],
    *,
    settings: Mapping[str, Any],
    workers: int,
    longest: float,
) -> Generator[Done]:
    """Yield what became of each job, in the order in which they end.

    Whoever stops listening stops the work: what is under way is dropped, and nothing
    is left half written, since desks write files as a whole.

    Raises:
        SandboxError: no process that runs code can be set up here.
        RubricError: the reference cannot be used.
    """
    hall = Hall(todo=queue.SimpleQueue(), done=queue.SimpleQueue())
    for job in jobs:
        hall.todo.put(job)
    desks = [
        Desk(settings=settings, longest=longest) for _ in range(min(workers, len(jobs)))
    ]
    threads = [
        threading.Thread(target=_keep_busy, args=(desk, hall), daemon=True)
        for desk in desks
    ]
    try:
        for thread in threads:
            thread.start()
        for _ in jobs:
            result = hall.done.get()
            if isinstance(result, GraderError):
                raise result
            yield result
    finally:
        hall.closing.set()
        for desk in desks:
            desk.interrupt()
        for thread in threads:
            thread.join()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hall:
    """What the desks share: jobs on one side, what became of them on the other."""

    todo: "queue.SimpleQueue[Job | Rejudging]"
    done: "queue.SimpleQueue[Done | GraderError]"
    closing: threading.Event = field(default_factory=threading.Event)


def _keep_busy(desk: "Desk", hall: Hall) -> None:
    """Do one job after another until there is none, or the hall closes."""
    try:
        while not hall.closing.is_set():
            done = _attend(desk, hall.todo.get_nowait(), hall.closing)
            if done is not None:
                hall.done.put(done)
    except queue.Empty:
        pass
    except GraderError as error:
        hall.done.put(error)
    finally:
        desk.close()


def _attend(
    desk: "Desk", job: Job | Rejudging, closing: threading.Event
) -> Done | None:
    """Have one job done, a second time by a fresh process if the first one dies."""
    fault = ""
    for _ in range(TRIES):
        try:
            return Done(submission=job.submission, did=desk.attend(job))
        except DeskLost as error:
            fault = str(error)
        if closing.is_set():
            return None
    return Done(submission=job.submission, did=LOST, fault=fault)


@dataclass(slots=True)
class Desk:
    """The parent's side of one process."""

    settings: Mapping[str, Any]
    longest: float  # seconds that one submission may take, idle time included
    process: subprocess.Popen[bytes] | None = None
    written: IO[bytes] | None = None
    said: "queue.SimpleQueue[bytes]" = field(default_factory=queue.SimpleQueue)

    def attend(self, job: Job | Rejudging) -> str:
        """Have *job* done, in a fresh process if there is none.

        Raises:
            DeskLost: the process died, or took longer than any submission may.
            SandboxError: no process that runs code can be set up here.
            RubricError: the reference cannot be used.
        """
        if self.process is None:
            self._open()
        self._tell(job.message())
        return str(self._hear(self.longest)["did"])

    def interrupt(self) -> None:
        """Ask the process to end; whoever waits for it finds it lost."""
        process = self.process
        if process is not None:
            process.terminate()

    def close(self) -> None:
        """End the process: kindly at first, by having nothing more for it to do."""
        if self.process is None:
            return
        assert self.process.stdin is not None  # noqa: S101 - for mypy
        with contextlib.suppress(OSError):
            self.process.stdin.close()
        try:
            self.process.wait(SHORTEST_FAREWELL_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.terminate()
        try:
            self.process.wait(LONGEST_FAREWELL_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        if self.written is not None:
            self.written.close()
        self.process = None

    def _open(self) -> None:
        self.written = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the process
        self.process = subprocess.Popen(  # noqa: S603 - our own interpreter, no shell
            [sys.executable, "-P", "-c", _START.format(root=_ROOT)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.written,
            bufsize=0,
            start_new_session=True,  # Ctrl-C is the parent's to handle
            creationflags=_GROUP,
        )
        self.said = queue.SimpleQueue()
        threading.Thread(
            target=_listen, args=(self.process, self.said), daemon=True
        ).start()
        try:
            self._tell(self.settings)
            self._hear(LONGEST_START_SECONDS)
        except DeskLost as error:
            raise SandboxError(
                where="the process that grades",
                what=f"it ended before it was ready: {_last_line(str(error))}",
                mend="reinstall the grader; `grader --version` says which one this is",
            ) from error

    def _tell(self, message: object) -> None:
        assert self.process is not None  # noqa: S101 - for mypy
        assert self.process.stdin is not None  # noqa: S101 - for mypy
        try:
            self.process.stdin.write(json.dumps(message).encode() + b"\n")
        except OSError as error:
            raise self._lost() from error

    def _hear(self, seconds: float) -> dict[str, Any]:
        try:
            line = self.said.get(timeout=seconds)
        except queue.Empty:
            line = b""
        if not line.endswith(b"\n"):
            raise self._lost()
        heard: dict[str, Any] = json.loads(line)
        if "fault" in heard:
            kind, *told = heard["fault"]
            raise (RubricError if kind in _RUBRIC_FAULTS else SandboxError)(*told)
        return heard

    def _lost(self) -> DeskLost:
        assert self.written is not None  # noqa: S101 - for mypy
        end = self.written.seek(0, 2)
        self.written.seek(max(0, end - LONGEST_FAULT_BYTES))
        fault = self.written.read().decode("utf-8", "replace")
        self.close()
        return DeskLost(fault or "the process ended without a word")


def _listen(process: subprocess.Popen[bytes], said: "queue.SimpleQueue[bytes]") -> None:
    """Pass on each line that a process says, and an empty one at its end."""
    assert process.stdout is not None  # noqa: S101 - for mypy
    with process.stdout as stream, io.BufferedReader(stream) as lines:  # type: ignore[type-var]
        while line := lines.readline():
            said.put(line)
    said.put(b"")


def _last_line(text: str) -> str:
    return text.rstrip().rpartition("\n")[2]
