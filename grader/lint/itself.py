"""The reference as a submission, and a blank one -> what they fail to earn, or earn."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from grader.expect.draw import listed
from grader.expect.probes import Place, as_set
from grader.lint.draft import Draft
from grader.lint.finding import Finding
from grader.model.answer import Answer, Call, Found, Missing, Opaque, Probe, Transcript
from grader.model.score import CriterionScore
from grader.model.verdict import Outcome
from grader.pipeline.sitting import Relaying
from grader.rubric.faults import show
from grader.yaml.path import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Itself:
    """Answers as the reference would, were it a submission; asks it afresh each time."""

    draft: Draft

    def ask(
        self, probes: Sequence[Probe], *, relay: Relaying | None = None
    ) -> tuple[Answer, ...]:
        """Answer each probe with what is expected there."""
        del relay  # a student's functions call nobody
        places = self.draft.by_answer
        return tuple(self._answer(probe, places[probe.name]) for probe in probes)

    def announce(self, groups: Iterable[tuple[Probe, ...]]) -> None:
        """Do nothing."""

    def transcript(self) -> Transcript:
        """Say nothing."""
        return Transcript()

    def _answer(self, probe: Probe, place: Place) -> Answer:
        criterion = place.criterion
        if criterion.expected is not None:
            return Found(value=listed(criterion.expected))
        if criterion.inputs and not isinstance(probe, Call):
            return Found(value=Opaque(type_name="function", reason="not asked"))
        given = probe.positional if isinstance(probe, Call) else ()
        named = probe.keywords if isinstance(probe, Call) else ()
        # only values come from the examiner and from properties, never functions
        inputs = (*zip(criterion.inputs, given, strict=False), *named)
        asking = self.draft.examiner.asking
        asked = asking.expected_probe(place, criterion.source, inputs, as_set)  # type: ignore[arg-type]
        return self.draft.examiner.reference.ask([asked])[0]


@dataclass(frozen=True, slots=True)
class Blank:
    """Answers nothing."""

    def ask(
        self, probes: Sequence[Probe], *, relay: Relaying | None = None
    ) -> tuple[Answer, ...]:
        """Have nothing under any name."""
        del relay
        return tuple(Missing(name=probe.name) for probe in probes)

    def announce(self, groups: Iterable[tuple[Probe, ...]]) -> None:
        """Do nothing."""

    def transcript(self) -> Transcript:
        """Say nothing."""
        return Transcript()


def lint_itself(draft: Draft) -> Iterator[Finding]:
    """Grade the reference, which has to earn every point."""
    for path, score in _graded(draft, Itself(draft=draft)):
        criterion = draft.places[path].criterion
        told = criterion.expected
        if score.verdict.reason == "reference-failed" and told is not None:
            yield draft.error(
                (*path, "expected"),
                f"{show(told)} cannot be read as the kind {criterion.kind!r} is",
                "write it as a student could have, or change the kind",
            )
        elif score.undecided or score.earned < score.possible:
            yield draft.error(
                path,
                f"the reference itself earns {score.earned} of {score.possible} points: "
                f"{score.verdict.outcome}, {score.verdict.reason}{_fault(score)}",
                "is it random, or not finite, or not of this kind? mend it or the rubric",
            )


def lint_blank(draft: Draft) -> Iterator[Finding]:
    """Grade a submission without answers, which has to earn nothing."""
    for path, score in _graded(draft, Blank()):
        if score.earned > 0 or score.verdict.outcome is not Outcome.MISSING:
            yield draft.error(
                path,
                f"a blank submission earns {score.earned} points: "
                f"{score.verdict.outcome}, {score.verdict.reason}{_fault(score)}",
                "nothing may count as an answer here",
            )


def _graded(
    draft: Draft, respondent: Itself | Blank
) -> Iterator[tuple[Path, CriterionScore]]:
    graded = draft.examiner.grade(respondent, submission="lint")
    scores = [c for part in graded.scorecard.parts for c in part.criteria]
    return zip(draft.places, scores, strict=True)


def _fault(score: CriterionScore) -> str:
    last = score.fault.strip().rpartition("\n")[2]
    return f" ({last})" if last else ""
