"""A written submission -> graded, by the same examiner that grades code.

A sheet answers probes as a process does, so that follow-through, mistakes and points
work alike on paper and on the machine. In a notebook each part may be answered in
either; code is asked first.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from grader.locate.sheet import Paper, Sheet, locate, read_sheet
from grader.model.answer import Answer, Missing, Probe, Transcript
from grader.model.rubric import Assignment, Criterion, Part
from grader.model.score import CriterionScore, PartScore, Scorecard
from grader.model.submission import Source
from grader.model.verdict import Evidence, Outcome, undecided
from grader.pipeline.examiner import Examiner
from grader.pipeline.sitting import Graded, Relaying, Respondent

LONGEST_QUOTE_CHARACTERS = 1_500  # of prose that a person is shown


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperRespondent:
    """Answers out of a sheet what the code beside it, if any, does not answer."""

    paper: Paper
    code: Respondent | None = None

    def ask(
        self, probes: Sequence[Probe], *, relay: Relaying | None = None
    ) -> tuple[Answer, ...]:
        """Return the answers at *probes*: of the code where it has them."""
        coded = self.code.ask(probes, relay=relay) if self.code is not None else None
        if coded is not None and not all(isinstance(a, Missing) for a in coded):
            return coded
        written = tuple(self.paper.answer(probe) for probe in probes)
        if coded is not None and all(isinstance(a, Missing) for a in written):
            return coded
        return written

    def transcript(self) -> Transcript:
        """Return what happened while the code ran; a sheet alone runs nothing."""
        return self.code.transcript() if self.code is not None else Transcript()


def grade_paper(
    examiner: Examiner,
    source: Source,
    *,
    submission: str,
    code: Respondent | None = None,
) -> Graded:
    """Grade written work, in the declared convention that suits it best.

    Raises:
        RubricError: a `written:` entry of the rubric cannot be read.
    """
    assignment = examiner.assignment
    sheet = read_sheet(source.text, assignment)
    on_paper = replace(examiner, assignment=written_view(assignment))
    best: Graded | None = None
    for convention in conventions_of(assignment):
        paper = locate(sheet, assignment, convention)
        respondent = PaperRespondent(paper=paper, code=code)
        graded = on_paper.grade(respondent, submission=submission)
        if best is None or graded.scorecard.raw > best.scorecard.raw:
            best = replace(graded, scorecard=_annotated(graded.scorecard, sheet, paper))
    assert best is not None  # noqa: S101 - there is always one convention
    return best


def written_view(assignment: Assignment) -> Assignment:
    """Return the assignment as it is judged on paper: formulas where no values go in."""
    questions = tuple(
        q.model_copy(update={"parts": tuple(_on_paper(p) for p in q.parts)})
        for q in assignment.questions
    )
    return assignment.model_copy(update={"questions": questions})


def _on_paper(part: Part) -> Part:
    criteria = tuple(_as_formula(c) for c in part.criteria)
    return part.model_copy(update={"criteria": criteria})


def _as_formula(criterion: Criterion) -> Criterion:
    written = criterion.written
    if written is None or written.judged_as != "formula":
        return criterion
    update: dict[str, Any] = {
        "kind": "expression",
        "inputs": {},
        "expected": written.expected,
        "reference": None,
        "mistakes": tuple(
            m.model_copy(update={"reference": None, "value": m.written})
            for m in criterion.mistakes
            if m.written is not None
        ),
        "options": {**criterion.options, "syntax": "latex"},
    }
    return criterion.model_copy(update=update)


def _annotated(scorecard: Scorecard, sheet: Sheet, paper: Paper) -> Scorecard:
    """Hand prose over to a person, and say where each answer was found."""
    questions = tuple(
        replace(q, parts=tuple(_part(p, sheet, paper) for p in q.parts))
        for q in scorecard.questions
    )
    return replace(scorecard, questions=questions)


def _part(part: PartScore, sheet: Sheet, paper: Paper) -> PartScore:
    words = sheet.words_on(part.part)
    criteria = tuple(_told(c, words, paper) for c in part.criteria)
    return replace(part, criteria=criteria)


def _told(score: CriterionScore, words: str, paper: Paper) -> CriterionScore:
    located = paper.located.get(score.answer)
    if located is not None:
        place = (("line", located.passage.line), ("written", located.latex))
        evidence = score.verdict.evidence
        told = replace(evidence, facts=(*evidence.facts, *place))
        return replace(score, verdict=replace(score.verdict, evidence=told))
    if score.verdict.outcome is not Outcome.MISSING or not words:
        return score
    quoted = Evidence(facts=(("text", words[:LONGEST_QUOTE_CHARACTERS]),))
    verdict = undecided("not-judged-prose", quoted)
    return replace(score, verdict=verdict, earned=Fraction(0))


def conventions_of(assignment: Assignment) -> tuple[Mapping[str, str], ...]:
    """Return the conventions that a sheet may keep; without any, the plain one."""
    return assignment.conventions or ({},)
