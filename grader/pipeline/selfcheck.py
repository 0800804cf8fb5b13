"""A public rubric and a submission -> what its answers look like, without any answer.

What is found wrong is wrong; what nothing is found wrong with may still be.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from grader.compare.choice import is_offered
from grader.compare.comparator import Question
from grader.compare.judge import Case, judge, left_empty
from grader.compare.setting import setting_of
from grader.expect.draw import draw_inputs
from grader.expect.probes import Signatures, given_probe
from grader.model.answer import (
    Answer,
    Argument,
    Array,
    Call,
    Failed,
    Found,
    Missing,
    Opaque,
    Read,
    Relay,
    Sequence,
    Value,
)
from grader.model.rubric import Assignment, Criterion, Part
from grader.model.submission import Block
from grader.model.verdict import Evidence, Outcome, Verdict, correct, incorrect
from grader.pipeline.sitting import Respondent, unmistaken

if TYPE_CHECKING:
    from grader.pipeline.glance import Glance

SELFCHECK_RUBRIC: Final = "selfcheck.yaml"
MOST_POINTS: Final = 4  # a function is asked for its shape, which few inputs tell


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What was found in one part.

    *verdicts* are by answer: there, of the right shape. *said* is what properties
    found; *skipped* are the answers that a property asks for and that are not there.
    """

    part: Part
    verdicts: tuple[tuple[Criterion, Verdict], ...]
    said: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()

    @property
    def outcome(self) -> Outcome:
        """The worst of what was found; CORRECT means that nothing was."""
        found = {verdict.outcome for _, verdict in self.verdicts}
        if found <= {Outcome.CORRECT}:
            return Outcome.INCORRECT if self.said else Outcome.CORRECT
        return next(o for o in _WORST_FIRST if o in found)


_WORST_FIRST: Final = (
    Outcome.FAILED,
    Outcome.INCORRECT,
    Outcome.MISSING,
    Outcome.UNDECIDED,
)


@dataclass(slots=True, kw_only=True)
class SelfCheck:
    """One student's work being checked against the public part of a rubric.

    *student* is None where written work alone was handed in, which is *text*. An answer
    that the code lacks may be written there: it is looked for, and not judged.
    *properties* answers as the public module does, with *signatures* of its functions;
    without a module no property is asked.
    """

    assignment: Assignment
    student: Respondent | None
    text: tuple[Block, ...] = ()
    properties: Respondent | None = None
    signatures: Signatures = field(default_factory=dict)
    given: dict[str, Answer] = field(default_factory=dict)
    seen: "Glance | None" = field(default=None, repr=False)

    def run(self, each: Callable[[Checked], None] = lambda _: None) -> list[Checked]:
        """Check every part, answers first, then what has to fit together."""
        verdicts = {
            part.id: tuple((c, self._look(part, c)) for c in part.criteria)
            for part in self.assignment.parts
        }
        found = []
        for part in self.assignment.parts:
            checked = self._check(part, verdicts[part.id])
            each(checked)
            found.append(checked)
        return found

    def _look(self, part: Part, criterion: Criterion) -> Verdict:
        """Ask for one answer, and look at its kind and shape."""
        answers = unmistaken(self._ask(part, criterion), self.assignment.answers)
        self.given[criterion.answer] = answers[0]
        if isinstance(answers[0], Missing) and self.text:
            written = self._glance().look(part, criterion, answers[0])
            if written is not None:
                return written
        question = Question(
            criterion=criterion, setting=setting_of(self.assignment.symbols)
        )
        shape = part.public.shape if part.public else None
        for answer in answers:
            if not isinstance(answer, Found):
                return judge((Case(expected=answer, given=answer),), question)
            called = criterion.kind == "function"
            fault = left_empty(answer.value, called=called) or _misfit(
                criterion, answer.value, shape
            )
            if fault is not None:
                return fault
        return correct()

    def _glance(self) -> "Glance":
        from grader.pipeline.glance import glance  # noqa: PLC0415 - code alone starts sooner

        if self.seen is None:
            self.seen = glance(self.text, self.assignment, alone=self.student is None)
        return self.seen

    def _ask(self, part: Part, criterion: Criterion) -> tuple[Answer, ...]:
        if self.student is None:
            return (Missing(name=criterion.answer),)
        if criterion.kind != "function":
            return self.student.ask([Read(name=criterion.answer)])
        points = draw_inputs(self.assignment, part, criterion, "selfcheck")
        if points:
            return self.student.ask(
                [given_probe(criterion, at) for at in points[:MOST_POINTS]]
            )
        there = self.student.ask([Read(name=criterion.answer)])[0]
        if isinstance(there, Missing):
            return (there,)
        return (Found(value=Opaque(type_name="function", reason="not asked")),)

    def _check(
        self, part: Part, verdicts: tuple[tuple[Criterion, Verdict], ...]
    ) -> Checked:
        said, skipped = [], []
        names = part.public.properties if part.public else ()
        for name in names if self.properties is not None else ():
            lacking = [
                a for a in self.signatures.get(name, ()) if not self._is_there(a)
            ]
            if lacking:
                skipped += lacking
            elif found := self._ask_property(name):
                said.append(found)
        return Checked(
            part=part,
            verdicts=verdicts,
            said=tuple(said),
            skipped=tuple(dict.fromkeys(skipped)),
        )

    def _is_there(self, answer: str) -> bool:
        """Tell whether there is an answer to put to a property."""
        found = self.given.get(answer)
        return isinstance(found, Found) and not left_empty(found.value, called=True)

    def _ask_property(self, name: str) -> str:
        """Return what the property finds, or nothing where all fits."""
        assert self.properties is not None  # noqa: S101 - for mypy
        assert self.student is not None  # noqa: S101 - for mypy: an answer is there
        student = self.student
        keywords = tuple((a, self._argument(a)) for a in self.signatures.get(name, ()))
        call = Call(name=name, keywords=keywords)
        answer = self.properties.ask(
            [call], relay=lambda asked: student.ask([asked])[0]
        )[0]
        match answer:
            case Found(value=None) | Found(value=True):
                return ""
            case Found(value=str(told)):
                return told
            case Failed(message=message):
                return f"{name} could not be checked: {message or answer.reason}"
            case _:
                return f"{name} does not hold"

    def _argument(self, answer: str) -> Argument:
        kinds = self._kinds
        given = self.given[answer]
        if kinds[answer] == "function" or not isinstance(given, Found):
            return Relay(name=answer)
        return given.value

    @property
    def _kinds(self) -> Mapping[str, str]:
        return {c.answer: c.kind for p in self.assignment.parts for c in p.criteria}


def _misfit(
    criterion: Criterion, value: Value, shape: tuple[int, ...] | None
) -> Verdict | None:
    """Return what is wrong with the look of *value*, as far as it can be told."""
    if criterion.choices:
        if is_offered(value, criterion.choices):
            return None
        choices = ", ".join(criterion.choices)
        return incorrect("not-a-choice", Evidence(facts=(("choices", choices),)))
    own = _shape(value)
    if shape is None or own is None or own == shape:
        return None
    shown = str(own).replace(",)", ")")
    return incorrect("wrong-shape", Evidence(facts=(("shape", shown),)))


def _shape(value: Value) -> tuple[int, ...] | None:
    """Return the shape of what holds numbers; None where there is none to tell."""
    match value:
        case bool() | str() | None | Opaque():
            return None
        case int() | float() | complex():
            return ()
        case Array(shape=shape):
            return shape
        case Sequence(items=items):
            inner = {_shape(item) for item in items}
            below = inner.pop() if len(inner) == 1 else None
            return None if below is None else (len(items), *below)
        case _:
            return None
