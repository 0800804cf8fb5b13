"""Probes -> answers, from a process that has run a submission (or a reference).

One part's probes are asked at a time. Whatever a probe does to the process costs that
probe: the process is started again, its blocks are run again without what hung them,
and the rest is asked.
"""

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
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
        self._ahead: deque[tuple[Probe, ...]] = deque()  # sent, and not yet answered
        self._early: list[tuple[tuple[Probe, ...], tuple[Answer, ...]]] = []
        self._losses: dict[FailureReason, int] = {}

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
        """
        wanted = tuple(probes)
        for place, (asked, answers) in enumerate(self._early):
            if asked == wanted:
                del self._early[place]
                return answers
        while self._ahead and self._ahead[0] != wanted:  # it answers in their order
            first = self._ahead.popleft()
            self._early.append((first, self._ask_all(first, is_sent=True)))
        is_sent = bool(self._ahead)
        if is_sent:
            self._ahead.popleft()
        return self._ask_all(wanted, relay, is_sent=is_sent)

    def announce(self, groups: Iterable[tuple[Probe, ...]]) -> None:
        """Hear what is going to be asked; the process works ahead on it.

        It does not fall asleep between two parts then, which costs it and us more than
        the answers do.
        """
        self._announced.extend(group for group in groups if group)

    def _ask_all(
        self,
        probes: tuple[Probe, ...],
        relay: Relaying | None = None,
        *,
        is_sent: bool,
    ) -> tuple[Answer, ...]:
        """Ask until each probe has its answer, or what came of it."""
        found: list[Answer] = []
        losses = 0
        while len(found) < len(probes):
            if losses > MOST_LOSSES or self._has_spent_all:
                reason: FailureReason = "timed-out"
                found += [Failed(reason=reason)] * (len(probes) - len(found))
                break
            running = self._ensure_running()
            left = probes[len(found) :]
            if not is_sent and not self._send_all(running, left, found):
                break
            is_sent = False
            loss = self._hear(running, len(left), found, relay)
            if loss is not None:
                losses += 1
                place = f"input {len(found) + 1}" if len(probes) > 1 else ""
                found.append(Failed(reason=self._lose(running, loss), where=place))
        return tuple(found)

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
        self._announced.extendleft(reversed(self._ahead))
        self._ahead.clear()
        return self._launcher.lose(running, loss)

    def _send_all(
        self, running: Running, probes: tuple[Probe, ...], found: list[Answer]
    ) -> bool:
        """Ask *probes*, and send what was announced after them; False: too large."""
        if self._announced and self._announced[0] == probes:
            self._announced.popleft()
        try:
            self._send(running, probes)
        except (WireError, TooLarge) as error:
            found += [Failed(reason="too-large", message=str(error))] * len(probes)
            return False
        while self._announced and running.child.link.has_room:
            try:
                self._send(running, self._announced[0])
            except (WireError, TooLarge):  # told of when it is asked
                break
            self._ahead.append(self._announced.popleft())
        return True

    def _send(self, running: Running, probes: tuple[Probe, ...]) -> None:
        request = Request()
        plain = [request.probe(probe) for probe in probes]
        seconds = self._launcher.limits.part
        running.child.link.send("ask", [plain, seconds], request.buffers)

    def _hear(
        self,
        running: Running,
        number: int,
        found: list[Answer],
        relay: Relaying | None,
    ) -> Loss | None:
        """Add so many answers to *found*, until the worker is lost."""
        seconds = self._launcher.limits.part
        running.watch.resume()  # until now it waited for us
        running.watch.allow(seconds)
        timeouts = 0
        for place in range(number):
            answer = self._answer(running, place, relay)
            if isinstance(answer, str):
                return answer
            if isinstance(answer, Failed) and answer.reason == "timed-out":
                answer = _placed(answer, place, number)
                timeouts += 1
                if timeouts <= MOST_LOSSES:
                    running.watch.allow(seconds)
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
                        self._pass_on(running, relay(call))
                    case "remark", _:
                        pass
                    case _:
                        return "malformed"
            except WireError:
                return "malformed"

    def _pass_on(self, running: Running, answer: Answer) -> None:
        """Send a relayed call's answer down; its time is not this process's."""
        request = Request()
        plain = request.answer(answer)
        running.child.link.send("relayed", plain, request.buffers)
        running.watch.resume()


def _placed(answer: Failed, place: int, number: int) -> Failed:
    where = f"input {place + 1}" if number > 1 else ""
    return Failed(reason=answer.reason, message=answer.message, where=where)
