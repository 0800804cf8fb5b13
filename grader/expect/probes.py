"""A criterion -> what its submission is asked, and what the reference is asked."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from grader.expect.draw import Inputs_at, Purpose, draw_inputs
from grader.model.answer import Argument, Call, Own, Probe, Read
from grader.model.rubric import Assignment, Criterion, Part

Signatures = Mapping[str, tuple[str, ...]]
"""For each function of the reference, the names of its keyword-only parameters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Points:
    """The inputs that one criterion is asked at; a plain value has one empty input."""

    grading: tuple[Inputs_at, ...]
    feedback: tuple[Inputs_at, ...]

    def of(self, purpose: Purpose) -> tuple[Inputs_at, ...]:
        """The inputs of one purpose."""
        return self.grading if purpose == "grading" else self.feedback


def points_of(assignment: Assignment, part: Part, criterion: Criterion) -> Points:
    """Draw the inputs of one criterion, for grading and for what students are shown."""
    if criterion.kind != "function":
        return Points(grading=((),), feedback=())

    def at(purpose: Purpose) -> tuple[Inputs_at, ...]:
        return draw_inputs(assignment, part, criterion, purpose)

    return Points(grading=at("grading"), feedback=at("feedback"))


def given_probe(criterion: Criterion, inputs: Inputs_at) -> Probe:
    """Return what the submission is asked: a name, or a call with positional inputs."""
    if criterion.kind != "function":
        return Read(name=criterion.answer)
    return Call(name=criterion.answer, positional=tuple(v for _, v in inputs))


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A criterion and the part that it stands in."""

    part: Part
    criterion: Criterion

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from every other one."""
        return self.part.id, self.criterion.answer


Earlier = Callable[[Place], Argument | None]
"""The student's own earlier answer as an argument, or None where there is none."""


def as_set(_place: Place) -> Argument | None:
    """Ask the reference as set: its own earlier answers everywhere."""
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """Builds what the reference is asked, from its signatures and the part DAG."""

    assignment: Assignment
    signatures: Signatures

    def expected_probe(
        self, place: Place, source: str, inputs: Inputs_at, earlier: Earlier = as_set
    ) -> Probe:
        """Return the probe whose answer is expected at *inputs*.

        *source* is the reference's name, or a recognised mistake's. *earlier* puts a
        student's own answers in place of the reference's; where it has none, the
        reference's own stands in, itself built on *earlier*.
        """
        if source not in self.signatures:
            return Read(name=source)
        return Call(
            name=source,
            positional=tuple(v for _, v in inputs),
            keywords=self._keywords(place, source, earlier),
        )

    def builds_on(self, place: Place, source: str) -> tuple[Place, ...]:
        """Return the earlier criteria that *source* asks for by parameter name."""
        wanted = self.signatures.get(source, ())
        found = {p.criterion.answer: p for p in self._before(place)}
        return tuple(found[name] for name in wanted if name in found)

    def rests_on(self, place: Place, source: str) -> tuple[Place, ...]:
        """Return every earlier criterion that *source* rests on, also through others."""
        found: dict[tuple[str, str], Place] = {}
        waiting = list(self.builds_on(place, source))
        while waiting:
            near = waiting.pop()
            if near.key not in found:
                found[near.key] = near
                waiting += self.builds_on(near, near.criterion.source)
        return tuple(found.values())

    def _before(self, place: Place) -> tuple[Place, ...]:
        """The criteria of the parts it follows, and those before it in its own."""
        follows = place.part.follows
        parts = {p.id: p for p in self.assignment.parts} if follows else {}
        followed = [
            Place(part=parts[label], criterion=c)
            for label in follows
            for c in parts[label].criteria
        ]
        here = [Place(part=place.part, criterion=c) for c in place.part.criteria]
        keys = [p.key for p in here]
        return (*followed, *here[: keys.index(place.key)])

    def _keywords(
        self, place: Place, source: str, earlier: Earlier
    ) -> tuple[tuple[str, Argument], ...]:
        return tuple(
            (near.criterion.answer, self._argument(near, earlier))
            for near in self.builds_on(place, source)
        )

    def _argument(self, place: Place, earlier: Earlier) -> Argument:
        given = earlier(place)
        if given is not None:
            return given
        source = place.criterion.source
        is_value = place.criterion.kind != "function"
        return Own(
            name=source,
            call=is_value and source in self.signatures,
            earlier=self._keywords(place, source, earlier),
        )
