"""A respondent without a process: functions of the test itself answer."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from grader.model.answer import (
    Answer,
    Argument,
    Call,
    Failed,
    Found,
    Missing,
    Own,
    Probe,
    Read,
    Relay,
    Transcript,
    Value,
)
from grader.pipeline.sitting import Relaying

Plain = float | str | Callable[..., float]


@dataclass(frozen=True)
class InProcess:
    """Answers probes out of a dictionary of plain numbers and functions."""

    names: Mapping[str, Plain]

    def ask(
        self, probes: Sequence[Probe], *, relay: Relaying | None = None
    ) -> tuple[Answer, ...]:
        return tuple(self._answer(probe, relay) for probe in probes)

    def announce(self, groups: Iterable[tuple[Probe, ...]]) -> None:
        pass

    def transcript(self) -> Transcript:
        return Transcript(names=tuple(self.names))

    def _answer(self, probe: Probe, relay: Relaying | None) -> Answer:
        if probe.name not in self.names:
            return Missing(name=probe.name)
        it = self.names[probe.name]
        match probe:
            case Read():
                return Found(value=it) if not callable(it) else _not_carried(it)
            case Call() if callable(it):
                return self._call(it, probe, relay)
            case Call():
                return Failed(reason="not-callable")

    def _call(
        self, it: Callable[..., float], call: Call, relay: Relaying | None
    ) -> Answer:
        positional = [self._given(a, relay) for a in call.positional]
        keywords = {name: self._given(a, relay) for name, a in call.keywords}
        try:
            return Found(value=it(*positional, **keywords))
        except (ValueError, ZeroDivisionError) as error:
            return Failed(reason="raised", message=str(error))

    def _given(self, argument: Argument, relay: Relaying | None) -> object:
        match argument:
            case Own(name=name, call=call, earlier=earlier):
                it = self.names[name]
                bound = {n: self._given(a, relay) for n, a in earlier}
                if not callable(it):
                    return it
                return it(**bound) if call else lambda *a: it(*a, **bound)
            case Relay(name=name):
                return _relayed(name, relay)
            case _:
                return argument


def _not_carried(it: object) -> Answer:
    return Failed(reason="not-carried", message=type(it).__name__)


def _relayed(name: str, relay: Relaying | None) -> Callable[..., Value]:
    def call(*arguments: Value) -> Value:
        assert relay is not None
        answer = relay(Call(name=name, positional=arguments))
        if not isinstance(answer, Found):
            raise ValueError(f"{name} did not answer")  # noqa: TRY004 - as a student function does
        return answer.value

    return call
