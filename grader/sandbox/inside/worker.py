"""Requests in, answers out: the process that runs student code.

It holds the submission and nothing else that is worth having. Until the first block
runs it loads the standard library only.
"""

import contextlib
import os
import sys
from collections.abc import Sequence
from typing import Any, Final, Protocol

from grader.sandbox.inside.answers import Respondent
from grader.sandbox.inside.cells import Runner, Say, Work
from grader.sandbox.inside.encode import Encoder
from grader.sandbox.inside.rebuild import rebuild
from grader.sandbox.inside.seeds import seed_everything
from grader.sandbox.inside.speaker import Speaker
from grader.sandbox.inside.timers import TimeUp, at_most, listen
from grader.sandbox.wire import Frame, WireError, read_frame

# after so many endless calls the rest of a part is not tried
MOST_TIMEOUTS: Final = 2


class RelayFailed(RuntimeError):
    """The other process could not give a value for a call."""


class RunsCells(Protocol):
    """Fills a namespace from the blocks of a submission."""

    namespace: dict[str, Any]
    given: dict[str, Any]
    files: dict[str, str]

    def run(self) -> None:
        """Run every block that is not to be skipped."""


class Worker:
    """One submission's process, or the reference's."""

    def __init__(self, requests: int, speaker: Speaker) -> None:
        self._requests = requests
        self._speaker = speaker
        self._say = speaker.say
        self._runner: RunsCells | None = None
        self._seed = 0

    def serve(self) -> None:
        """Answer requests until the other side closes."""
        while True:
            frame = read_frame(self._requests)
            if frame is None:
                return
            match frame.kind:
                case "run":
                    self._run(frame.body, frame.buffers)
                case "ask":
                    self._ask(frame)
                case "describe":
                    self._say("described", self._respondent().describe())
                case _:
                    raise WireError(f"no request is called {frame.kind}")

    def _run(self, body: dict[str, Any], texts: Sequence[bytes]) -> None:
        self._seed = body["seed"]
        work = Work(
            form=body["form"],
            name=body["name"],
            path=body["path"],
            blocks=tuple(
                (label, text.decode("utf-8", "surrogatepass"))
                for label, text in zip(body["labels"], texts, strict=True)
            ),
            cell_seconds=body["cell"],
            skip=frozenset((b, s) for b, s in body["skip"]),
            stop=tuple(body["stop"]) if body["stop"] else None,
        )
        self._runner = _runner(body.get("engine"), work, self._say)
        seed_everything(self._seed)
        self._runner.run()
        self._say("ran", self._respondent().names())

    def _respondent(self) -> Respondent:
        runner = self._runner
        if runner is None:
            raise WireError("asked before the blocks were run")
        return Respondent(runner.namespace, runner.given, runner.files, self._relay)

    def _ask(self, frame: Frame) -> None:
        probes, seconds = frame.body
        respondent = self._respondent()
        seed_everything(self._seed)
        listen()
        timeouts = 0
        for number, probe in enumerate(probes):
            answer: list[Any] = ["failed", "timed-out", "", ""]
            buffers: list[bytes] = []
            if timeouts < MOST_TIMEOUTS:
                try:
                    with at_most(seconds):
                        answer, buffers = respondent.answer(probe, frame.buffers)
                except TimeUp:  # it came between the answer and the timer's end
                    pass
            timeouts += answer[:2] == ["failed", "timed-out"]
            self._send_answer(number, answer, buffers)
        self._speaker.ring()

    def _send_answer(
        self, number: int, answer: list[Any], buffers: list[bytes]
    ) -> None:
        _flush()
        try:
            self._say("answer", [number, answer], buffers)
        except WireError:
            self._say("answer", [number, ["failed", "too-large", "", ""]])

    def _relay(
        self, name: str, positional: tuple[Any, ...], keywords: dict[str, Any]
    ) -> Any:  # noqa: ANN401 - any value
        """Have a function of the other process called, through the trusted one."""
        encoder = Encoder()
        values = [encoder.encode(v) for v in positional]
        named = [[key, encoder.encode(v)] for key, v in keywords.items()]
        self._say("call", [name, values, named], encoder.buffers)
        frame = read_frame(self._requests)
        if frame is None:
            os._exit(0)
        match frame.body:
            case ["found", ["o", type_name, reason]]:
                raise RelayFailed(f"{name} returned a {type_name}: {reason}")
            case ["found", plain]:
                return rebuild(plain, frame.buffers)
            case ["missing", *_]:
                raise RelayFailed(f"the submission does not define {name}")
            case [_, reason, message, where]:
                raise RelayFailed(f"{name} failed: {reason} {message} {where}".rstrip())
            case _:
                raise WireError("no answer to a relayed call")


def _runner(engine: str | None, work: Work, say: Say) -> RunsCells:
    if engine != "kernel":
        return Runner(work, say)
    # many packages, which no other worker has
    from grader.sandbox.inside.jupyter_cells import KernelRunner  # noqa: PLC0415

    return KernelRunner(work, say)


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(Exception):  # the student may have put anything there
            stream.flush()
