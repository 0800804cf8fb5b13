"""A starter and a piece of work -> a worker whose blocks have been run.

What a block does to its process costs that block: it is left out, and the others run
again in a new one.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from grader.errors import SandboxError
from grader.model.answer import FailureReason
from grader.model.rubric import RunLimits
from grader.sandbox.child import Child, End, Starter
from grader.sandbox.confinement import Confinement
from grader.sandbox.decode import decode_names, decode_protections, decode_unit
from grader.sandbox.engine import KERNEL_REMARK
from grader.sandbox.family import FamilyWatch
from grader.sandbox.link import Loss
from grader.sandbox.visible import visible
from grader.sandbox.watch import Watch
from grader.sandbox.wire import Frame, WireError

# blocks that end their process are rare, and each costs its limit again
MOST_RESTARTS: Final = 4
# a hundred failing cells are told; a flood of them is not
MOST_FAILURES: Final = 200
# between closing its wire and being dead
_DYING_SECONDS: Final = 0.5
# confining and answering before any block runs
_START_CPU_SECONDS: Final = 20.0

_MOST_NUMERICS_CHARACTERS: Final = 300
# an exit code of Windows that says that the system ended the process
_FIRST_WINDOWS_ERROR: Final = 0xC0000000

Unit = tuple[int, int]
Plain = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What a worker is to run, and in which process.

    *plan* says what the process is to be like, *body* and *texts* what it runs.
    """

    plan: Mapping[str, Any]
    body: Mapping[str, Any]
    labels: tuple[str, ...]
    texts: tuple[bytes, ...]


@dataclass(slots=True, kw_only=True)
class Running:
    """One worker, and what is known of how its blocks went."""

    child: Child
    watch: Watch
    failures: list[tuple[str, str]] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    names: tuple[str, ...] = ()
    protections: tuple[tuple[str, bool], ...] = ()
    numerics: str = ""
    unit: Unit = (0, -1)


@dataclass(slots=True, kw_only=True)
class Launcher:
    """Starts workers for one piece of work, and remembers what hung them.

    *refill* makes its folder as it was, once too much was written there.
    """

    starter: Starter
    work: Work
    limits: RunLimits
    confinement: Confinement
    refill: Callable[[], None] = lambda: None
    skip: set[Unit] = field(default_factory=set)
    stop: Unit | None = None
    killed: list[tuple[str, str]] = field(default_factory=list)
    spent: float = 0.0

    @property
    def is_kernel(self) -> bool:
        """Whether a Jupyter kernel runs the work."""
        return bool(self.work.plan["engine"] == "kernel")

    @property
    def remarks(self) -> tuple[str, ...]:
        """What is to be told of how the work is run, whatever it says itself."""
        return (KERNEL_REMARK,) if self.is_kernel else ()

    def start(self) -> Running:
        """Return a worker that has run every block which does not end it.

        Raises:
            SandboxError: no process can be started, or none lives long enough.
        """
        for attempt in range(MOST_RESTARTS + 1):
            running = self._start_one()
            try:
                loss = self._run(running)
            except SandboxError:
                self.end(running)
                raise
            if loss is None:
                return running
            if running.unit == (0, -1):
                self.end(running)
                raise _not_started(loss, running)
            over_all = running.watch.used_by_work > self.limits.cpu
            reason = self.lose(running, loss)
            self._leave_out(
                running.unit, reason, ends_here=over_all or attempt >= MOST_RESTARTS - 1
            )
        raise SandboxError(
            where="the process that runs this work",
            what=f"it ended {MOST_RESTARTS + 1} times before its blocks had run",
            mend="grade this submission by hand",
        )

    def end(self, running: Running) -> End:
        """End a worker and everything that it started."""
        return self._end(running, patience=0.0)

    def _end(self, running: Running, *, patience: float) -> End:
        end = running.child.end(patience)
        self.spent += max(end.cpu_seconds - running.watch.before, 0.0)
        return end

    def lose(self, running: Running, loss: Loss) -> FailureReason:
        """End a worker that was lost, and say why it was."""
        end = self._end(running, patience=_DYING_SECONDS if loss == "closed" else 0.0)
        if loss == "expired":
            return "timed-out"
        if loss == "overflowed":
            self.refill()  # the next process would be over its cap before it began
            return "too-large"
        if loss == "malformed":
            return "crashed"
        return _reason(end.status)

    def _start_one(self) -> Running:
        child = self.starter.start(
            dict(self.work.plan), kept_output_bytes=self.limits.output
        )
        kind = FamilyWatch if self.is_kernel else Watch
        watch = kind(child.pid, Path(self.work.plan["folder"]))
        watch.allow(_START_CPU_SECONDS)
        return Running(child=child, watch=watch)

    def _run(self, running: Running) -> Loss | None:
        body = {
            **self.work.body,
            "labels": self.work.labels,
            "skip": sorted(self.skip),
            "stop": self.stop,
        }
        has_begun = False
        while True:
            frame = running.child.link.receive(running.watch)
            if not isinstance(frame, Frame):
                return frame
            try:
                if not has_begun:
                    running.protections, running.numerics = _readiness(frame)
                    self.confinement.refuse_less(running.protections)
                    running.watch.begin()
                    running.child.link.send("run", body, self.work.texts)
                    has_begun = True
                elif self._note(running, frame):
                    return None
                elif running.watch.is_over:
                    return "expired"
            except WireError:
                return "malformed"

    def _note(self, running: Running, frame: Frame) -> bool:
        """Take one message of how the blocks go; True at the last."""
        match frame.kind, frame.body:
            case "ran", names:
                running.names = decode_names(names)
                return True
            case "began", body:
                running.unit = decode_unit(body, len(self.work.labels))
                running.watch.allow(self.limits.cell, total=self.limits.cpu)
            case "failure", [str(label), str(message)]:
                if len(running.failures) < MOST_FAILURES:
                    shown = visible(label[:200]), visible(message[:2000])
                    running.failures.append(shown)
            case "remark", str(code):
                if code not in running.remarks and len(running.remarks) < MOST_FAILURES:
                    running.remarks.append(visible(code[:200]))
            case _:
                raise WireError("an unexpected message")
        return False

    def _leave_out(self, unit: Unit, reason: FailureReason, *, ends_here: bool) -> None:
        self.skip.add(unit)
        self.killed.append((self.work.labels[unit[0]], _TOLD[reason]))
        if ends_here:
            self.stop = unit


_TOLD: Final[dict[str, str]] = {
    "timed-out": "it did not finish in its time, and was stopped",
    "stopped": "it ended the whole process",
    "out-of-memory": "it took more memory than there is",
    "crashed": "it crashed the process",
    "too-large": "it wrote more files than it may",
}


def _readiness(frame: Frame) -> tuple[tuple[tuple[str, bool], ...], str]:
    """Return what the worker found before any student code was in it."""
    match frame.kind, frame.body:
        case "ready", [protections, str(numerics)]:
            shown = visible(numerics[:_MOST_NUMERICS_CHARACTERS])
            return decode_protections(protections), shown
        case _:
            raise WireError("the first message does not say that it is ready")


def _reason(status: int | None) -> FailureReason:
    """Return why a worker ended by itself, from its exit code."""
    if status is not None and status >= _FIRST_WINDOWS_ERROR:
        return "crashed"
    if status is None or status >= 0:
        return "stopped"
    if -status in {9, 31}:
        return "out-of-memory"
    return "timed-out" if -status == 24 else "crashed"  # noqa: PLR2004 - SIGXCPU


def _not_started(loss: Loss, running: Running) -> SandboxError:
    return SandboxError(
        where="the process that runs student code",
        what=f"it could not be set up ({loss}): {running.child.link.printed[-500:]}",
        mend="run `python -c 'import numpy, sympy'` with the same interpreter",
    )
