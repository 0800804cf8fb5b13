"""What the rubric expects in writing -> whether it is what the reference says."""

from collections.abc import Iterator
from typing import Final

from grader.errors import RubricError
from grader.lint.draft import Draft
from grader.lint.finding import Finding, of_error
from grader.model.rubric import Criterion, Part
from grader.model.submission import Block, BlockKind
from grader.model.verdict import Outcome
from grader.pipeline.paper import examine

_RELATIONS: Final = {
    "eq": "=",
    "le": r"\le",
    "ge": r"\ge",
    "tends_to": r"\to",
}


def lint_written(draft: Draft) -> Iterator[Finding]:
    """Write each expected answer where the rubric looks for it, and grade that sheet."""
    if not any(_is_stated(place.criterion) for place in draft.places.values()):
        return
    sheet = tuple(_sheet(part) for part in draft.assignment.parts)
    try:
        graded = examine(draft.examiner, None, sheet, submission="lint")
    except RubricError as error:
        yield of_error(error)
        return
    scores = [c for part in graded.scorecard.parts for c in part.criteria]
    for (path, place), score in zip(draft.places.items(), scores, strict=True):
        right = score.verdict.outcome is Outcome.CORRECT
        if _is_stated(place.criterion) and not right:
            tell = draft.warning if score.undecided else draft.error
            yield tell(
                (*path, "written", "expected"),
                "a sheet that states just this is not given the points: "
                f"{score.verdict.outcome}, {score.verdict.reason}",
                "does it agree with the reference, is `equation` its left side, and "
                "are its symbols declared?",
            )


def _is_stated(criterion: Criterion) -> bool:
    written = criterion.written
    return bool(written and written.expected and written.equivalent is None)


def _sheet(part: Part) -> Block:
    lines = [f"## {part.id}\n"]
    for criterion in part.criteria:
        written = criterion.written
        if written and written.expected and _is_stated(criterion):
            relation = _RELATIONS[written.relation]
            lines.append(f"$${written.equation} {relation} {written.expected}$$\n")
    return Block(label=part.id, kind=BlockKind.TEXT, text="\n".join(lines))
