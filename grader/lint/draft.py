"""A rubric that is being linted: its places in the file, its reference at hand."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from grader.compare.comparator import Question
from grader.compare.judge import Case, judge
from grader.compare.setting import setting_of
from grader.expect.draw import Inputs_at, listed
from grader.expect.probes import Place, as_set, points_of
from grader.lint.finding import Finding, Level
from grader.maths.reading import Unreadable
from grader.model.answer import Answer, Found
from grader.model.rubric import Assignment, Mistake
from grader.model.verdict import Outcome, Verdict
from grader.pipeline.examiner import Examiner
from grader.rubric.places import Parts, criteria_of, parts_of
from grader.yaml.document import Document
from grader.yaml.path import Path

Answers = tuple[Answer, ...]


@dataclass(slots=True, kw_only=True)
class Draft:
    """A rubric, its file, and an examiner; what the reference says is asked once.

    *places* are the criteria with their parts, by their paths in the file. Where the
    rubric is *faulty* at some paths, parts that hold one of them, or follow such a
    part, are left out, since they are told of already; *every_place* has them.
    """

    document: Document
    examiner: Examiner
    faulty: frozenset[Path] = frozenset()
    places: Mapping[Path, Place] = field(init=False)
    every_place: Mapping[Path, Place] = field(init=False)
    by_answer: Mapping[str, Place] = field(init=False)
    asked: dict[tuple[tuple[str, str], str], Answers] = field(default_factory=dict)

    @property
    def assignment(self) -> Assignment:
        """What the rubric says."""
        return self.examiner.assignment

    def __post_init__(self) -> None:
        parts = parts_of(self.assignment)
        criteria = criteria_of(parts, self.document)
        self.every_place = {
            p: Place(part=parts[p[:4]], criterion=c) for p, c in criteria.items()
        }
        out = self._left_out(parts) if self.faulty else set()
        every = self.every_place.items()
        self.places = {p: place for p, place in every if place.part.id not in out}
        self.by_answer = {p.criterion.answer: p for p in self.every_place.values()}

    def _left_out(self, parts: Parts) -> set[str]:
        """Name the parts that a fault lies in, and those that rest on one of them.

        A part whose label is faulty is known by another one, and is then missed.
        """
        out: set[str] = set()
        labels = {part.id for part in parts.values()}
        inside = {at[:4] for at in self.faulty}
        around = {at for at in self.faulty if len(at) < len(("questions", 0, "parts"))}
        for path, part in parts.items():
            is_faulty = path in inside or not around.isdisjoint((path[:1], path[:2]))
            if is_faulty or not labels - out >= set(part.follows):
                out.add(part.id)
        return out

    def error(self, path: Path, what: str, mend: str) -> Finding:
        """Make a finding of what makes grading go wrong."""
        where = self.document.where(path)
        return Finding(level=Level.ERROR, where=where, what=what, mend=mend)

    def warning(self, path: Path, what: str, mend: str) -> Finding:
        """Make a finding of what may surprise."""
        where = self.document.where(path)
        return Finding(level=Level.WARNING, where=where, what=what, mend=mend)

    def inputs(self, place: Place) -> tuple[Inputs_at, ...]:
        """Return all inputs that *place* is asked at."""
        points = points_of(self.assignment, place.part, place.criterion)
        return points.grading + points.feedback

    def expected(self, place: Place) -> Answers:
        """Return the right answers, as set."""
        criterion = place.criterion
        if criterion.expected is not None:
            return (Found(value=listed(criterion.expected)),) * len(self.inputs(place))
        return self.ask(place, criterion.source)

    def mistaken(self, place: Place, mistake: Mistake) -> Answers:
        """Return the answers that a recognised mistake gives."""
        if mistake.reference is None:
            return (Found(value=listed(mistake.value)),) * len(self.inputs(place))
        return self.ask(place, mistake.reference)

    def ask(self, place: Place, source: str) -> Answers:
        """Return what the reference says under the name *source*."""
        key = (place.key, source)
        if key not in self.asked:
            asking = self.examiner.asking
            probes = [
                asking.expected_probe(place, source, at, as_set)
                for at in self.inputs(place)
            ]
            self.asked[key] = self.examiner.reference.ask(probes)
        return self.asked[key]

    def agree(self, place: Place, expected: Answers, given: Answers) -> bool:
        """Tell whether *given* would count as right where *expected* is."""
        cases = tuple(
            Case(inputs=at, expected=right, given=found)
            for at, right, found in zip(
                self.inputs(place), expected, given, strict=True
            )
        )
        return self._judge(place, cases).outcome is Outcome.CORRECT

    def is_of_its_kind(self, place: Place, answers: Answers) -> bool:
        """Tell whether *answers*, from the rubric itself, are what can be judged."""
        cases = tuple(
            Case(inputs=at, expected=answer, given=answer)
            for at, answer in zip(self.inputs(place), answers, strict=True)
        )
        try:
            outcome = self._judge(place, cases).outcome
        except Unreadable:
            return False
        return outcome in {Outcome.CORRECT, Outcome.PARTIAL}

    def _judge(self, place: Place, cases: tuple[Case, ...]) -> Verdict:
        setting = setting_of(self.assignment.symbols)
        question = Question(criterion=place.criterion, setting=setting)
        return judge(cases, question, self.examiner.comparators)
