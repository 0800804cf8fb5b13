"""An output folder -> what waits for a person, and what a person then decides."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from grader.batch.belonging import check_belongs
from grader.batch.book import Gradebook, assemble
from grader.batch.folder import OutputFolder
from grader.batch.pages import write_pages
from grader.batch.settlements import read_settlements, write_settlements
from grader.errors import SubmissionError
from grader.feedback.audience import feedback
from grader.model.feedback import Audience, CriterionFeedback
from grader.model.rubric import Assignment
from grader.pipeline.assignment import read_assignment
from grader.score.settlement import Settlement, by_key


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One criterion of one student that a person has to settle, and what is known."""

    submission: str
    part: str
    told: CriterionFeedback


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a person decided, as typed; *place* is a part, or a part and an answer."""

    submission: str
    place: str
    credit: Fraction
    remark: str


def waiting(gradebook: Gradebook) -> Iterator[Waiting]:
    """Yield everything that is undecided, by submission and part."""
    for card in gradebook.scorecards:
        if not card.waiting:
            continue
        told = feedback(card, gradebook.assignment, Audience.STAFF)
        for score, part in zip(card.parts, told.parts, strict=True):
            for criterion, said in zip(score.criteria, part.criteria, strict=True):
                if criterion.undecided:
                    yield Waiting(
                        submission=card.submission, part=score.part, told=said
                    )


def open_gradebook(rubric: Path, output: Path) -> Gradebook:
    """Return what was graded into *output*.

    Raises:
        RubricError: the rubric cannot be read, or another assignment was graded there.
    """
    assignment, folder = read_assignment(rubric), OutputFolder(output)
    check_belongs(folder, assignment)
    return assemble(assignment, folder)


def decide(rubric: Path, output: Path, decisions: Iterable[Decision]) -> Gradebook:
    """Write *decisions* beside the records, and the pages and gradebook anew.

    Raises:
        SubmissionError: there is no such submission, part or answer.
    """
    folder = OutputFolder(output)
    before = open_gradebook(rubric, output)
    settled = by_key(read_settlements(folder.settlements))
    settled |= by_key(_settlement(before, decision) for decision in decisions)
    write_settlements(folder.settlements, settled.values())
    after = assemble(before.assignment, folder)
    write_pages(after, folder)
    return after


def _settlement(gradebook: Gradebook, decision: Decision) -> Settlement:
    known = [card.submission for card in gradebook.scorecards]
    if decision.submission not in known:
        raise _unknown("submission", decision.submission, known)
    part, answer = _place(gradebook.assignment, decision.place)
    return Settlement(
        submission=decision.submission,
        part=part,
        answer=answer,
        credit=decision.credit,
        remark=decision.remark,
    )


def _place(assignment: Assignment, written: str) -> tuple[str, str]:
    """Read `2b` or `2b.radius`; a part's id may itself hold a dot."""
    places = {
        f"{part.id}.{criterion.answer}": (part.id, criterion.answer)
        for part in assignment.parts
        for criterion in part.criteria
    }
    places |= {
        part.id: (part.id, part.criteria[0].answer)
        for part in assignment.parts
        if len(part.criteria) == 1
    }
    if written not in places:
        raise _unknown("part or part.answer", written, places)
    return places[written]


def _unknown(what: str, written: str, known: Iterable[str]) -> SubmissionError:
    return SubmissionError(
        where=written,
        what=f"there is no such {what}",
        mend=f"one of {', '.join(sorted(known)[:40])}",
    )
