"""A written submission -> graded, by the same examiner that grades code.

A sheet answers probes as a process does, so that follow-through, mistakes and points
work alike on paper and on the machine. In a notebook each part may be answered in
either; code is asked first.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from grader.compare.claim import mark_checkpoints, mark_claims
from grader.compare.derivation import mark_chains
from grader.compare.setting import setting_of
from grader.locate.inside import Shown, shown_inside
from grader.locate.paper import Paper, locate
from grader.locate.search import Located
from grader.locate.sheet import Sheet, read_sheet
from grader.locate.spelling import Spelling, house_spelling, read_paper, spelling_of
from grader.model.answer import Answer, Formula, Probe, Transcript
from grader.model.criterion import KINDS_OF_FORMULAS
from grader.model.rubric import Assignment, Criterion, Mistake, Part
from grader.model.score import Basis, CriterionScore, PartScore, Remark, Scorecard
from grader.model.submission import Block
from grader.model.verdict import (
    NONE,
    Evidence,
    Fact,
    Outcome,
    correct,
    incorrect,
    partial,
    undecided,
)
from grader.model.writing import Mark, Passage
from grader.pipeline.examiner import Examiner
from grader.pipeline.resting import leave_open
from grader.pipeline.sitting import Graded, Relaying, Respondent

LONGEST_QUOTE_CHARACTERS: Final = 1_500  # of prose that a person is shown


WRITTEN_SHEET: Final = "written-sheet"
"""The remark on a submission that is paper alone, so that regrading knows it, too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperRespondent:
    """Answers out of a sheet what is *on_paper*, and the rest out of the code."""

    paper: Paper
    on_paper: frozenset[str]
    code: Respondent | None = None

    def ask(
        self, probes: Sequence[Probe], *, relay: Relaying | None = None
    ) -> tuple[Answer, ...]:
        """Return the answers at *probes*, all of them to one criterion."""
        if self.code is None or all(p.name in self.on_paper for p in probes):
            return tuple(self.paper.answer(probe) for probe in probes)
        return self.code.ask(probes, relay=relay)

    def announce(self, groups: Iterable[tuple[Probe, ...]]) -> None:
        """Pass on what is going to be asked of the code."""
        if self.code is not None:
            own = self.on_paper
            coded = [g for g in groups if not all(probe.name in own for probe in g)]
            self.code.announce(coded)

    def transcript(self) -> Transcript:
        """Return what happened while the code ran; a sheet alone runs nothing."""
        return self.code.transcript() if self.code is not None else Transcript()


def examine(
    examiner: Examiner,
    code: Respondent | None,
    text: tuple[Block, ...],
    *,
    submission: str,
    each: Callable[[PartScore], None] = lambda _: None,
) -> Graded:
    """Grade code, written work, or a mixture: each part is taken where it is answered.

    *code* is None for a sheet alone. Where the code does not define an answer and the
    rubric says how it is written, the text is asked.

    Raises:
        RubricError: a `written:` entry of the rubric cannot be read.
    """
    coded = frozenset(code.transcript().names) if code is not None else frozenset()
    on_paper = frozenset(
        criterion.answer
        for part in examiner.assignment.parts
        for criterion in part.criteria
        if criterion.answer not in coded
        and (criterion.written is not None or code is None)
    )
    if code is not None and not (text and on_paper):
        return examiner.grade(code, submission=submission, each=each)
    graded = _grade_paper(examiner, code, text, on_paper, submission)
    for part in graded.scorecard.parts:
        each(part)
    return graded


def _grade_paper(
    examiner: Examiner,
    code: Respondent | None,
    text: tuple[Block, ...],
    on_paper: frozenset[str],
    submission: str,
) -> Graded:
    """Grade in the declared convention that suits the sheet best."""
    assignment = examiner.assignment
    sheet = read_sheet(text, assignment)
    # these are kept by place, and on paper another view of it is asked elsewhere
    view = written_view(assignment, on_paper)
    viewed = replace(examiner, assignment=view, points={}, as_set={})
    found = []
    for convention in assignment.conventions or ({},):
        paper = locate(sheet, assignment, convention, setting_of(assignment.symbols))
        respondent = PaperRespondent(paper=paper, on_paper=on_paper, code=code)
        graded = viewed.grade(respondent, submission=submission)
        card = _annotated(graded.scorecard, sheet, paper, on_paper, alone=code is None)
        card = leave_open(card, viewed.asking)
        card = replace(card, marks=_marks(sheet, paper, assignment))
        found.append(replace(graded, scorecard=card))
    best = max(found, key=lambda graded: graded.scorecard.raw)
    asked = {p: a for p, a in best.sheet.answers.items() if p.name not in on_paper}
    return replace(best, sheet=replace(best.sheet, answers=asked))


def _marks(sheet: Sheet, paper: Paper, assignment: Assignment) -> tuple[Mark, ...]:
    """Judge what stands on the way: steps, claims in sentences, checkpoints."""
    setting = setting_of(assignment.symbols)
    translate = paper.spelling.translate
    anchors = {
        read_paper(point.equation): (read_paper(point.expected), point.say)
        for criterion in paper.criteria.values()
        if criterion.written is not None
        for point in criterion.written.checkpoints
    }
    marks = (
        *mark_chains(sheet.chains, setting, translate, sheet.put_in),
        *mark_claims(sheet.passages, sheet.chains, setting, translate),
        *mark_checkpoints(sheet.chains, anchors, setting, translate),
    )
    return tuple(sorted(marks, key=lambda mark: mark.line))


def written_view(assignment: Assignment, on_paper: frozenset[str]) -> Assignment:
    """Return the assignment with *on_paper* judged as formulas where nothing goes in.

    Raises:
        RubricError: a formula of the rubric cannot be read.
    """
    house = house_spelling(assignment)

    def seen(part: Part) -> Part:
        criteria = tuple(
            _as_formula(c, house) if c.answer in on_paper else c for c in part.criteria
        )
        return part.model_copy(update={"criteria": criteria})

    questions = tuple(
        q.model_copy(update={"parts": tuple(map(seen, q.parts))})
        for q in assignment.questions
    )
    return assignment.model_copy(update={"questions": questions})


def _as_formula(criterion: Criterion, house: Spelling) -> Criterion:
    """Hold a criterion against formulas, in the rubric's names as what is found is.

    Where code answers with a formula as well, the reference's own mistakes stay.
    """
    written = criterion.written
    if written is None or not criterion.is_formula_on_paper:
        return criterion
    ours = house.beside(spelling_of(written.notation))
    is_formula = criterion.kind in KINDS_OF_FORMULAS
    mistakes = []
    for mistake in criterion.mistakes:
        if mistake.written is not None:
            value = Formula(tree=ours.translate(read_paper(mistake.written)))
            update = {"reference": None, "value": value}
            mistakes.append(mistake.model_copy(update=update))
        elif is_formula:
            mistakes.append(mistake)
    kind = criterion.kind if is_formula else "expression"
    changes: dict[str, Any] = {"kind": kind, "inputs": {}, "mistakes": tuple(mistakes)}
    if written.expected is not None:
        expected = Formula(tree=ours.translate(read_paper(written.expected)))
        changes |= {"expected": expected, "reference": None}
    return criterion.model_copy(update=changes)


def _annotated(
    scorecard: Scorecard,
    sheet: Sheet,
    paper: Paper,
    on_paper: frozenset[str],
    *,
    alone: bool,
) -> Scorecard:
    """Say where each answer was found, and hand prose over to a person.

    In a notebook the words between the cells are mostly the assignment's own, so only
    a sheet alone has prose to hand over.
    """

    def told(part: PartScore) -> PartScore:
        words = sheet.words_on(part.part) if alone else ""
        criteria = tuple(
            _told(c, part.part, words, sheet, paper) if c.answer in on_paper else c
            for c in part.criteria
        )
        return replace(part, criteria=criteria)

    questions = tuple(
        replace(q, parts=tuple(told(p) for p in q.parts)) for q in scorecard.questions
    )
    remarks = (*scorecard.remarks, *((WRITTEN_SHEET,) if alone else ()))
    return replace(scorecard, questions=questions, remarks=remarks)


def _told(
    score: CriterionScore, part: str, words: str, sheet: Sheet, paper: Paper
) -> CriterionScore:
    located = paper.located.get(score.answer)
    if located is not None:
        return _judged(score, paper, located)
    if score.verdict.outcome is not Outcome.MISSING:
        return score
    criterion = paper.criteria.get(score.answer)
    pieces = criterion.written.inside if criterion and criterion.written else ()
    shown = shown_inside(sheet, part, pieces)
    if shown is not None:
        return _shown(score, shown)
    if not words:
        near = paper.nearest.get(score.answer)
        return _with_facts(score, (("nearest", near),)) if near else score
    quoted = Evidence(facts=(("text", words[:LONGEST_QUOTE_CHARACTERS]),))
    return replace(score, verdict=undecided("not-judged-prose", quoted))


def _judged(score: CriterionScore, paper: Paper, located: Located) -> CriterionScore:
    """Say where an answer stands, and what of it is wrong."""
    told = _with_facts(score, _place(located.passage, located.latex))
    if located.doubted:
        return _left_open(told, located)
    if score.verdict.outcome is Outcome.CORRECT:
        return told
    mistake = paper.mistake_in(score.answer)
    if mistake is not None and score.undecided:
        return _mistaken(told, mistake)
    if located.by_place and score.verdict.outcome is Outcome.INCORRECT:
        return _left_open(told, located)
    spot = paper.spot_in(score.answer)
    if not spot or told.verdict.evidence.place:
        return told
    evidence = replace(told.verdict.evidence, place=spot)
    return replace(told, verdict=replace(told.verdict, evidence=evidence))


def _left_open(score: CriterionScore, located: Located) -> CriterionScore:
    """Ask a person what is meant, and quote it."""
    text = ("text", located.passage.text[:LONGEST_QUOTE_CHARACTERS])
    quoted = Evidence(facts=(*_place(located.passage, located.latex), text))
    return replace(
        score,
        verdict=undecided("not-judged-prose", quoted),
        earned=NONE,
        basis=Basis.AS_SET,
        as_set=None,
        remarks=(),
    )


def _mistaken(score: CriterionScore, mistake: Mistake) -> CriterionScore:
    """Give what a mistake earns that is recognised by its form."""
    evidence = score.verdict.evidence
    verdict = (
        partial(mistake.credit, "recognised-mistake", evidence)
        if mistake.credit
        else incorrect("recognised-mistake", evidence)
    )
    return replace(
        score,
        verdict=verdict,
        earned=score.possible * mistake.credit,
        basis=Basis.MISTAKE,
        as_set=score.verdict,
        remarks=(Remark(text=mistake.say, source=Basis.MISTAKE),),
    )


def _shown(score: CriterionScore, shown: Shown) -> CriterionScore:
    """Give what the rubric gives for an answer inside another, or ask a person."""
    credit = shown.inside.credit
    place = _place(shown.passage, shown.inside.piece)
    text = ("text", shown.passage.text[:LONGEST_QUOTE_CHARACTERS])
    evidence = Evidence(method="found-elsewhere", facts=(*place, text))
    if credit is None:
        return replace(score, verdict=undecided("found-elsewhere", evidence))
    verdict = (
        correct("found-elsewhere", evidence)
        if credit == 1
        else partial(credit, "found-elsewhere", evidence)
    )
    said = shown.inside.say
    remarks = (Remark(text=said, source=score.basis),) if said else ()
    earned = score.possible * credit
    return replace(score, verdict=verdict, earned=earned, remarks=remarks)


def _place(passage: Passage, latex: str) -> tuple[tuple[str, Fact], ...]:
    at = (("block", passage.block), ("line", passage.line))
    return (*at, ("written", latex))


def _with_facts(
    score: CriterionScore, facts: tuple[tuple[str, Fact], ...]
) -> CriterionScore:
    evidence = score.verdict.evidence
    told = replace(evidence, facts=(*evidence.facts, *facts))
    return replace(score, verdict=replace(score.verdict, evidence=told))
