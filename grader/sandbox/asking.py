"""Probes -> answers, from a process that has run a submission (or a reference).

One part's probes are asked at a time. Whatever a probe does to the process costs that
probe: the process is started again, its blocks are run again without what hung them,
and the rest is asked.
"""

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from grader.model.answer import (
    Answer,
    Call,
    Failed,
    FailureReason,
    Probe,
    Transcript,
)
from grader.sandbox.decode import decode_answer, decode_call, decode_signatures
from grader.sandbox.link import Loss
from grader.sandbox.request import Request
from grader.sandbox.running import Launcher, Running
from grader.sandbox.scratch import remove_scratch
from grader.sandbox.wire import Frame, TooLarge, WireError

Relaying = Callable[[Call], Answer]

# of one part: an endless call each, and each costs the part's limit again
MOST_LOSSES: Final = 2
# a whole submission's processes together, in multiples of its own limit
MOST_SPENT_TIMES: Final = 6
_NOT_SENT: Final = "what it was to be asked is too large to be sent"


class Session:
    """One submission's process, started when it is first asked."""

    def __init__(
        self, launcher: Launcher, *, scratch: Path, owns_starter: bool
    ) -> None:
        self._launcher = launcher
        self._scratch = scratch
        self._owns_starter = owns_starter
        self._running: Running | None = None
        self._last: Running | None = None
        self._announced: deque[tuple[Probe, ...]] = deque()
        self._ahead: deque[tuple[Probe, ...]] = deque()  # sent, and not yet heard

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def scratch(self) -> Path:
        """The private folder that it runs in."""
        return self._scratch

    @property
    def pid(self) -> int | None:
        """Its process; None while none runs."""
        return None if self._running is None else self._running.child.pid

    def ask(
        self, probes: Sequence[Probe], *, relay: Relaying | None = None
    ) -> tuple[Answer, ...]:
        """Return the answers at one part's probes, in their order.

        Calls that a reference makes of the student's functions go through *relay*.

        Raises:
            SandboxError: no process can be started.
            ValueError: other probes were announced, and come first.
        """
        group = tuple(probes)
        if self._announced and self._announced[0] is group:
            self._announced.popleft()
        elif self._announced and group:
            raise ValueError("what was announced is asked first, and in its order")
        return self._ask_all(group, relay)

    def _ask_all(
        self, group: tuple[Probe, ...], relay: Relaying | None
    ) -> tuple[Answer, ...]:
        """Ask until each probe has its answer, or what came of it."""
        found: list[Answer] = []
        losses = 0
        while len(found) < len(group):
            left = group[len(found) :]
            is_sent = bool(self._ahead) and self._ahead[0] is group
            if not is_sent and (losses > MOST_LOSSES or self._has_spent_all):
                reason: FailureReason = "timed-out"
                found += [Failed(reason=reason)] * len(left)
                break
            running = self._ensure_running()
            if is_sent:
                self._ahead.popleft()
            elif not self._send(running, left):
                found += [Failed(reason="too-large", message=_NOT_SENT)] * len(left)
                break
            self._send_ahead(running)
            loss = self._hear(running, len(left), found, relay)
            if loss is not None:
                losses += 1
                place = f"input {len(found) + 1}" if len(group) > 1 else ""
                found.append(Failed(reason=self._lose(running, loss), where=place))
        return tuple(found)

    def announce(self, groups: Iterable[tuple[Probe, ...]]) -> None:
        """Hear what is going to be asked before anything else, these very objects.

        The process works ahead on it: it does not fall asleep between two parts, which
        costs it and us more than most answers do.
        """
        self._announced.extend(group for group in groups if group)

    def describe(self) -> Mapping[str, tuple[str, ...]]:
        """Return each function's name, with the names of its keyword-only parameters."""
        running = self._ensure_running()
        running.watch.resume()  # until now it waited for us
        running.watch.allow(self._launcher.limits.part)
        running.child.link.send("describe", None)
        frame = running.child.link.receive(running.watch)
        if not isinstance(frame, Frame):
            self._lose(running, frame)
            return {}
        return decode_signatures(frame.body)

    def transcript(self) -> Transcript:
        """Return what happened while the blocks ran."""
        running = self._ensure_running() if self._last is None else self._last
        return Transcript(
            output=running.child.link.printed,
            failures=(*self._launcher.killed, *running.failures),
            remarks=(*self._launcher.remarks, *running.remarks),
            names=running.names,
            cpu_seconds=self._spent,
            protections=running.protections,
            numerics=running.numerics,
        )

    def close(self) -> None:
        """End the process and all that it started, and remove its folder."""
        if self._running is not None:
            self._launcher.end(self._running)
            self._running = None
        if self._owns_starter:
            self._launcher.starter.close()
        remove_scratch(self._scratch)

    @property
    def _spent(self) -> float:
        now = self._running.watch.used_by_work if self._running is not None else 0.0
        return self._launcher.spent + now

    @property
    def _has_spent_all(self) -> bool:
        return self._spent > MOST_SPENT_TIMES * self._launcher.limits.cpu

    def _ensure_running(self) -> Running:
        if self._running is None:
            self._running = self._last = self._launcher.start()
        return self._running

    def _lose(self, running: Running, loss: Loss) -> FailureReason:
        self._running = None
        self._ahead.clear()  # asked again when its turn comes
        return self._launcher.lose(running, loss)

    def _send(self, running: Running, probes: tuple[Probe, ...]) -> bool:
        """Send what is asked; False: it cannot be sent, and nothing of it was."""
        request = Request()
        try:
            plain = [request.probe(probe) for probe in probes]
            seconds = self._launcher.limits.part
            running.child.link.send("ask", [plain, seconds], request.buffers)
        except (WireError, TooLarge, RecursionError):
            return False
        return True

    def _send_ahead(self, running: Running) -> None:
        """Send of what was announced as much as the wire takes without waiting."""
        for group in islice(self._announced, len(self._ahead), None):
            if not (running.child.link.has_room and self._send(running, group)):
                break
            self._ahead.append(group)

    def _hear(
        self,
        running: Running,
        number: int,
        found: list[Answer],
        relay: Relaying | None,
    ) -> Loss | None:
        """Add so many answers to *found*, until the worker is lost."""
        seconds = self._launcher.limits.part
        in_all = MOST_SPENT_TIMES * self._launcher.limits.cpu - self._launcher.spent
        running.watch.resume()  # until now it waited for us
        running.watch.allow(seconds, budget=in_all)
        timeouts = 0
        for place in range(number):
            answer = self._answer(running, place, relay)
            if isinstance(answer, str):
                return answer
            if isinstance(answer, Failed) and answer.reason == "timed-out":
                answer = _placed(answer, place, number)
                timeouts += 1
                if timeouts <= MOST_LOSSES:
                    running.watch.allow(seconds, budget=in_all)
            found.append(answer)
        return None

    def _answer(
        self, running: Running, place: int, relay: Relaying | None
    ) -> Answer | Loss:
        while True:
            frame = running.child.link.receive(running.watch)
            if not isinstance(frame, Frame):
                return frame
            try:
                match frame.kind, frame.body:
                    case "answer", [int(number), plain] if number == place:
                        return decode_answer(plain, frame.buffers)
                    case "call", body if relay is not None:
                        call = decode_call(body, frame.buffers)
                        self._pass_on(running, self._relayed(running, call, relay))
                    case "remark", _:
                        if running.watch.is_due and running.watch.is_over:
                            return "expired"
                    case _:
                        return "malformed"
            except WireError:
                return "malformed"

    def _relayed(self, running: Running, call: Call, relay: Relaying) -> Answer:
        """Return the answer of the other process.

        Where that cannot be had, this one would take whatever comes next for it.
        """
        try:
            return relay(call)
        except BaseException:
            self._lose(running, "malformed")
            raise

    def _pass_on(self, running: Running, answer: Answer) -> None:
        """Send a relayed call's answer down; its time is not this process's."""
        request = Request()
        plain = request.answer(answer)
        running.child.link.send("relayed", plain, request.buffers)
        running.watch.resume()


def _placed(answer: Failed, place: int, number: int) -> Failed:
    where = f"input {place + 1}" if number > 1 else ""
    return Failed(reason=answer.reason, message=answer.message, where=where)
