"""One submission being examined: what it was asked so far, and what it said."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from grader.expect.probes import Place, given_probe
from grader.model.answer import (
    Answer,
    AnswerSheet,
    Argument,
    Call,
    Found,
    Missing,
    Probe,
    Relay,
    Relayed,
    Transcript,
)
from grader.model.score import Scorecard
from grader.model.verdict import Outcome, Verdict

Relaying = Callable[[Call], Answer]


# right work on an answer that is wrong, or that nobody has decided yet, is right work
_BUILT_ON = frozenset({Outcome.INCORRECT, Outcome.PARTIAL, Outcome.UNDECIDED})


class Respondent(Protocol):
    """Whatever answers probes: a process that runs, or a record of one that ran."""

    def ask(
        self, probes: Sequence[Probe], *, relay: Relaying | None = None
    ) -> tuple[Answer, ...]:
        """Return the answers at *probes*, in their order."""
        ...

    def announce(self, groups: Iterable[tuple[Probe, ...]]) -> None:
        """Hear what is going to be asked before anything else, in this order.

        A process can work ahead on it; the very objects are asked.
        """
        ...

    def transcript(self) -> Transcript:
        """Return what happened while the work was run."""
        ...


class NeedsRun(Exception):
    """An answer is asked for that is not on record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Graded:
    """A submission's scorecard, and all that it answered."""

    scorecard: Scorecard
    sheet: AnswerSheet


def unmistaken(answers: Sequence[Answer], asked: frozenset[str]) -> tuple[Answer, ...]:
    """Return *answers* without the hint to rename what is *asked* for itself."""
    return tuple(
        replace(answer, nearest=None)
        if isinstance(answer, Missing) and answer.nearest in asked
        else answer
        for answer in answers
    )


@dataclass(slots=True)
class Sitting:
    """One submission being examined: what it was asked so far, and what it said.

    *asked* are the names of all answers: none of them is another one misspelt.
    *grading* has what it answered at the grading points, by the criterion's place, or
    the error that kept it from being asked.
    *untried* says for staff why follow-through could not be tried where it was due.
    """

    student: Respondent
    asked: frozenset[str] = frozenset()
    grading: dict[tuple[str, str], tuple[Answer, ...] | Exception] = field(
        default_factory=dict
    )
    answers: dict[Probe, Answer] = field(default_factory=dict)
    relayed: list[Relayed] = field(default_factory=list)
    verdicts: dict[tuple[str, str], Verdict] = field(default_factory=dict)
    degenerate: set[tuple[str, str]] = field(default_factory=set)
    untried: dict[tuple[str, str], str] = field(default_factory=dict)

    def ask(self, probes: Sequence[Probe]) -> tuple[Answer, ...]:
        """Ask the student's work, and keep what it says."""
        found = unmistaken(self.student.ask(probes), self.asked)
        self.answers.update(zip(probes, found, strict=True))
        return found

    def relay(self, call: Call) -> Answer:
        """Answer a reference's call of a student's function, and keep both."""
        answer = self.student.ask([call])[0]
        self.relayed.append(Relayed(call=call, answer=answer))
        return answer

    def earlier(self, place: Place) -> Argument | None:
        """Return the student's own answer at *place* where it is one to build on."""
        verdict = self.verdicts.get(place.key)
        if verdict is None or place.key in self.degenerate:
            return None
        if verdict.outcome not in _BUILT_ON:
            return None
        if place.criterion.kind == "function":
            return Relay(name=place.criterion.answer)
        answer = self.answers.get(given_probe(place.criterion, ()))
        return answer.value if isinstance(answer, Found) else None
