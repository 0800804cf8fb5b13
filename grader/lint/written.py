"""What the rubric expects in writing -> whether it is what the reference says."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from grader.errors import RubricError
from grader.lint.draft import Draft
from grader.lint.finding import Finding, of_error
from grader.locate.spelling import own_name, read_paper
from grader.locate.wanted import read_side
from grader.model.rubric import Criterion, Part
from grader.model.submission import Block, BlockKind
from grader.model.verdict import Outcome
from grader.model.written import Written
from grader.pipeline.paper import examine
from grader.yaml.path import Path

Read = Callable[[str], object]

_RELATIONS: Final = {
    "eq": "=",
    "le": r"\le",
    "ge": r"\ge",
    "tends_to": r"\to",
}


def lint_written(draft: Draft) -> Iterator[Finding]:
    """Write each expected answer where the rubric looks for it, and grade that sheet."""
    broken = [found for place in _formulas(draft) if (found := _unread(draft, *place))]
    yield from broken
    if broken or not any(_is_stated(p.criterion) for p in draft.places.values()):
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


def _formulas(draft: Draft) -> Iterator[tuple[Path, Read, str]]:
    """Yield the mathematics of a rubric, each with its path and how it is read."""
    assignment = draft.assignment
    spellings: list[tuple[Path, Mapping[str, str]]] = [
        (("notation",), assignment.notation),
        *((("conventions", k), c) for k, c in enumerate(assignment.conventions)),
    ]
    for path, place in draft.every_place.items():
        written = place.criterion.written
        if written is not None:
            spellings.append(((*path, "written", "notation"), written.notation))
            yield from _of_entry((*path, "written"), written)
        for k, mistake in enumerate(place.criterion.mistakes):
            if mistake.written is not None:
                yield (*path, "mistakes", k, "written"), read_paper, mistake.written
    for path, spelling in spellings:
        for latex, name in spelling.items():
            yield path, read_paper, latex
            yield path, own_name, name


def _of_entry(path: Path, written: Written) -> Iterator[tuple[Path, Read, str]]:
    yield (*path, "equation"), read_side, written.equation
    for k, side in enumerate(written.alternatives):
        yield (*path, "alternatives", k), read_side, side
    for key in ("expected", "equivalent"):
        if latex := getattr(written, key):
            yield (*path, key), read_paper, latex
    for k, latex in enumerate(written.other_forms):
        yield (*path, "other_forms", k), read_paper, latex
    for k, point in enumerate(written.checkpoints):
        yield (*path, "checkpoints", k, "equation"), read_paper, point.equation
        yield (*path, "checkpoints", k, "expected"), read_paper, point.expected


def _unread(draft: Draft, path: Path, read: Read, latex: str) -> Finding | None:
    """Tell of a formula that cannot be read, where it stands."""
    try:
        read(latex)
    except RubricError as error:
        return draft.error(path, error.what, error.mend)
    return None


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
