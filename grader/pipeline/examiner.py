"""An assignment and its reference -> a scorecard for each submission examined."""

import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final

from grader.compare.comparator import Comparator, Question
from grader.compare.judge import Case, judge
from grader.compare.kinds import BUILT_IN
from grader.compare.setting import setting_of
from grader.expect.draw import Inputs_at, Purpose, listed
from grader.expect.probes import Asking, Place, Points, as_set, given_probe, points_of
from grader.model.answer import Answer, AnswerSheet, Failed, Found, Probe
from grader.model.rubric import Assignment, Mistake, Part
from grader.model.score import (
    Basis,
    CriterionScore,
    PartScore,
    QuestionScore,
    Scorecard,
)
from grader.model.verdict import Outcome, Verdict, undecided
from grader.pipeline.resting import leave_open
from grader.pipeline.sitting import Graded, NeedsRun, Relaying, Respondent, Sitting
from grader.score.credit import Candidate, settle

# its process ended, as one does that the machine had no memory for
_LOST: Final = frozenset({"crashed", "stopped", "out-of-memory", "sandbox"})

Probes = tuple[Probe, ...]


@dataclass(slots=True, kw_only=True)
class Examiner:
    """An assignment with its reference at hand; examines one submission after another.

    What the reference answers as set is asked once and kept.
    """

    assignment: Assignment
    asking: Asking
    reference: Respondent
    comparators: Mapping[str, Comparator] = field(default_factory=lambda: BUILT_IN)
    known: dict[Probe, Answer] = field(default_factory=dict)
    as_set: dict[tuple[str, str, str], tuple[Answer, ...]] = field(default_factory=dict)
    points: dict[tuple[str, str], Points] = field(default_factory=dict)

    def grade(
        self,
        student: Respondent,
        *,
        submission: str,
        each: Callable[[PartScore], None] = lambda _: None,
    ) -> Graded:
        """Examine *student* in every part; *each* is told of a part when it is scored."""
        sitting = Sitting(student, asked=self.assignment.answers)
        self._ask_for_grading(sitting)
        questions = []
        for question in self.assignment.questions:
            parts = []
            for part in question.parts:
                scored = self._score_part(part, sitting)
                parts.append(scored)
                each(scored)
            questions.append(
                QuestionScore(
                    question=question.id,
                    title=question.title,
                    parts=tuple(parts),
                    cap=question.cap,
                )
            )
        transcript = student.transcript()
        scorecard = Scorecard(
            submission=submission,
            assignment=self.assignment.assignment,
            title=self.assignment.title,
            questions=tuple(questions),
            transcript=transcript,
            cap=self.assignment.cap,
        )
        sheet = AnswerSheet(
            answers=sitting.answers,
            relayed=tuple(sitting.relayed),
            transcript=transcript,
        )
        return Graded(scorecard=leave_open(scorecard, self.asking), sheet=sheet)

    def _ask_for_grading(self, sitting: Sitting) -> None:
        """Ask at all grading points, before anything that depends on how one is judged.

        What goes wrong with one criterion is told of when its turn comes.
        """
        for run in self._runs(sitting):
            sitting.student.announce(run.values())
            for key, probes in run.items():
                try:
                    sitting.grading[key] = sitting.ask(probes)
                except Exception as error:  # noqa: BLE001 - raised again at its place
                    sitting.grading[key] = error

    def _runs(self, sitting: Sitting) -> Iterator[dict[tuple[str, str], Probes]]:
        """Yield what is asked in one go, by place.

        Inputs that the rubric lists may give an earlier answer away: they are not sent
        before all that comes before them is answered.
        """
        run: dict[tuple[str, str], Probes] = {}
        for part in self.assignment.parts:
            for criterion in part.criteria:
                place = Place(part=part, criterion=criterion)
                try:
                    inputs = self._points(place).grading
                    probes = tuple(given_probe(criterion, at) for at in inputs)
                except Exception as error:  # noqa: BLE001 - raised again at its place
                    sitting.grading[place.key] = error
                    continue
                if run and any(i.values is not None for i in criterion.inputs.values()):
                    yield run
                    run = {}
                run[place.key] = probes
        yield run

    def _score_part(self, part: Part, sitting: Sitting) -> PartScore:
        scores, needs_run = [], False
        for criterion in part.criteria:
            place = Place(part=part, criterion=criterion)
            try:
                scores.append(self._score(place, sitting))
            except NeedsRun:
                needs_run = True
                scores.append(settle(criterion, undecided("needs-run")))
            except Exception:  # noqa: BLE001 - ours failed: a person looks, the rest goes on
                fault = traceback.format_exc()
                scores.append(settle(criterion, undecided("our-fault"), fault=fault))
        return PartScore(
            part=part.id, title=part.title, criteria=tuple(scores), needs_run=needs_run
        )

    def _score(self, place: Place, sitting: Sitting) -> CriterionScore:
        criterion = place.criterion
        graded = self._ask(place, "grading", sitting)
        verdict = self._judge(place, graded)
        sitting.verdicts[place.key] = verdict
        if verdict.outcome is Outcome.CORRECT:
            return settle(criterion, verdict)
        if _is_degenerate(graded):
            sitting.degenerate.add(place.key)
        ways = self._other_ways(place, graded, sitting)
        return settle(
            criterion,
            verdict,
            ways,
            student_verdict=self._shown(place, sitting),
            fault=_fault(verdict, sitting.untried.get(place.key)),
        )

    def _ask(
        self, place: Place, purpose: Purpose, sitting: Sitting
    ) -> tuple[Case, ...]:
        """Ask the student's work and the reference at the points of one purpose."""
        inputs = self._points(place).of(purpose)
        if purpose == "grading":
            given = sitting.grading[place.key]
            if isinstance(given, Exception):
                raise given
        else:
            given = sitting.ask([given_probe(place.criterion, at) for at in inputs])
        return _cases(inputs, self._as_set(place, purpose, inputs), given)

    def _shown(self, place: Place, sitting: Sitting) -> Verdict | None:
        """Judge at the points that a student may see; asked only of what is not right.

        A record of a right answer has nothing at these points: judged anew and found
        wrong, it keeps its verdict and lacks what would be shown.
        """
        if not self._points(place).feedback:
            return None
        try:
            return self._judge(place, self._ask(place, "feedback", sitting))
        except NeedsRun:
            return None

    def _other_ways(
        self, place: Place, cases: tuple[Case, ...], sitting: Sitting
    ) -> tuple[Candidate, ...]:
        """Return follow-through and recognised mistakes, as far as they may count."""
        if not any(isinstance(case.given, Found) for case in cases):
            return ()
        ways = []
        followed = self._with_own(place, place.criterion.source, cases, sitting)
        share = place.part.follow_through
        if followed is not None:
            ways.append(
                Candidate(basis=Basis.FOLLOW_THROUGH, verdict=followed, share=share)
            )
        if any(way.credit == 1 for way in ways):
            return tuple(ways)
        for mistake in place.criterion.mistakes:
            ways += self._mistaken(place, mistake, cases, sitting)
        return tuple(ways)

    def _with_own(
        self, place: Place, source: str, cases: tuple[Case, ...], sitting: Sitting
    ) -> Verdict | None:
        """Judge against what the reference says with the student's earlier answers."""
        rests = self.asking.rests_on(place, source)
        if all(sitting.earlier(near) is None for near in rests):
            return None
        inputs = tuple(case.inputs for case in cases)
        probes = [
            self.asking.expected_probe(place, source, at, sitting.earlier)
            for at in inputs
        ]
        expected = self._ask_reference(probes, relay=sitting.relay)
        failure = next((a for a in expected if not isinstance(a, Found)), None)
        if _is_lost(failure):
            return undecided("reference-failed")
        if failure is not None:  # the reference finds nothing to build on, and says so
            if source == place.criterion.source:
                sitting.untried[place.key] = getattr(failure, "message", "")
            return None
        followed = _cases(inputs, expected, tuple(case.given for case in cases))
        return self._judge(place, followed)

    def _mistaken(
        self,
        place: Place,
        mistake: Mistake,
        cases: tuple[Case, ...],
        sitting: Sitting,
    ) -> list[Candidate]:
        """Return the ways in which the answer is this recognised mistake."""
        inputs = tuple(case.inputs for case in cases)
        given = tuple(case.given for case in cases)
        if mistake.reference is None:
            answer = Found(value=listed(mistake.value))
            found: Verdict | None = self._judge(
                place, _cases(inputs, (answer,) * len(inputs), given)
            )
            own = None
        else:
            expected = self._expected(place, mistake.reference, inputs)
            usable = all(isinstance(answer, Found) for answer in expected)
            found = (
                self._judge(place, _cases(inputs, expected, given)) if usable else None
            )
            own = self._with_own(place, mistake.reference, cases, sitting)
        shares = ((found, Fraction(1)), (own, place.part.follow_through))
        return [
            Candidate(
                basis=Basis.MISTAKE,
                verdict=verdict,
                share=mistake.credit * share,
                say=mistake.say,
            )
            for verdict, share in shares
            if verdict is not None
            and verdict.outcome in {Outcome.CORRECT, Outcome.UNDECIDED}
        ]

    def _judge(self, place: Place, cases: tuple[Case, ...]) -> Verdict:
        question = Question(
            criterion=place.criterion, setting=setting_of(self.assignment.symbols)
        )
        return judge(cases, question, self.comparators)

    def _points(self, place: Place) -> Points:
        if place.key not in self.points:
            self.points[place.key] = points_of(
                self.assignment, place.part, place.criterion
            )
        return self.points[place.key]

    def _as_set(
        self, place: Place, purpose: Purpose, inputs: tuple[Inputs_at, ...]
    ) -> tuple[Answer, ...]:
        """Return what the reference answers at the points of one purpose."""
        key = (*place.key, purpose)
        if key not in self.as_set:
            self.as_set[key] = self._expected(place, place.criterion.source, inputs)
        return self.as_set[key]

    def _expected(
        self, place: Place, source: str, inputs: tuple[Inputs_at, ...]
    ) -> tuple[Answer, ...]:
        """Return what the reference answers as set; asked once, then known."""
        criterion = place.criterion
        if criterion.expected is not None and source == criterion.source:
            return (Found(value=listed(criterion.expected)),) * len(inputs)
        probes = [
            self.asking.expected_probe(place, source, at, as_set) for at in inputs
        ]
        new = [probe for probe in probes if probe not in self.known]
        if new:
            self.known.update(zip(new, self._ask_reference(new), strict=True))
        return tuple(self.known[probe] for probe in probes)

    def _ask_reference(
        self, probes: Sequence[Probe], relay: Relaying | None = None
    ) -> tuple[Answer, ...]:
        """Ask the reference, and once more where its process was lost over it."""
        found = self.reference.ask(probes, relay=relay)
        if any(_is_lost(answer) for answer in found):
            return self.reference.ask(probes, relay=relay)
        return found


def _is_lost(answer: Answer | None) -> bool:
    return isinstance(answer, Failed) and answer.reason in _LOST


def _is_degenerate(cases: tuple[Case, ...]) -> bool:
    from grader.compare.degenerate import is_degenerate  # noqa: PLC0415 - numpy: late

    return is_degenerate(cases)


def _cases(
    inputs: Sequence[Inputs_at], expected: Sequence[Answer], given: Sequence[Answer]
) -> tuple[Case, ...]:
    return tuple(
        Case(inputs=at, expected=right, given=found)
        for at, right, found in zip(inputs, expected, given, strict=True)
    )


def _fault(verdict: Verdict, untried: str | None) -> str:
    """Keep for staff what went wrong on our side, and why nothing was followed."""
    if verdict.reason in {"reference-failed", "our-fault"}:
        return str(verdict.evidence.fact("message") or verdict.reason)
    if untried is not None:
        return f"follow-through could not be tried: {untried or 'no answer came back'}"
    return ""
