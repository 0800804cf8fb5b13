"""A scorecard -> the same, with what rests on an open answer left open as well.

While a person has not decided an earlier answer, nobody knows what a later one that
builds on it should have been: wrong as set, it may still be right work. Points that
were earned all the same stay.
"""

from dataclasses import replace
from fractions import Fraction

from grader.expect.probes import Asking, Place
from grader.model.rubric import Criterion, Part
from grader.model.score import CriterionScore, PartScore, Scorecard
from grader.model.verdict import Outcome, undecided

WRONG = frozenset({Outcome.INCORRECT, Outcome.PARTIAL})


def leave_open(scorecard: Scorecard, asking: Asking) -> Scorecard:
    """Return *scorecard* with wrong answers undecided that rest on undecided ones."""
    scores = (c for q in scorecard.questions for p in q.parts for c in p.criteria)
    if not any(score.undecided for score in scores):
        return scorecard
    parts = {part.id: part for part in asking.assignment.parts}
    still_open: set[tuple[str, str]] = set()

    def looked_at(score: PartScore) -> PartScore:
        part = parts[score.part]
        criteria = []
        for criterion, earned in zip(part.criteria, score.criteria, strict=True):
            now = _rested(part, criterion, earned)
            if now.undecided:
                still_open.add((part.id, criterion.answer))
            criteria.append(now)
        return replace(score, criteria=tuple(criteria))

    def _rested(
        part: Part, criterion: Criterion, score: CriterionScore
    ) -> CriterionScore:
        if score.verdict.outcome not in WRONG:
            return score
        place = Place(part=part, criterion=criterion)
        rests = asking.rests_on(place, criterion.source)
        doubtful = [near.part.id for near in rests if near.key in still_open]
        if not doubtful:
            return score
        facts = (*score.verdict.evidence.facts, ("part", ", ".join(doubtful)))
        evidence = replace(score.verdict.evidence, facts=facts)
        verdict = undecided("rests-on-undecided", evidence)
        return replace(score, verdict=verdict, earned=Fraction(0), remarks=())

    questions = tuple(
        replace(q, parts=tuple(looked_at(p) for p in q.parts))
        for q in scorecard.questions
    )
    return replace(scorecard, questions=questions)
