"""An assignment and its file -> where each part and each criterion stands."""

from collections.abc import Iterator, Mapping
from typing import Final

from grader.model.rubric import Assignment, Criterion, Part
from grader.yaml.document import Document
from grader.yaml.path import Path

CRITERIA: Final = "criteria"

Parts = Mapping[Path, Part]
Criteria = Mapping[Path, Criterion]


def parts_of(assignment: Assignment) -> Parts:
    """Return every part by its path, in order."""
    return dict(_parts(assignment))


def criteria_of(parts: Parts, document: Document) -> Criteria:
    """Return every criterion by its path: its part's own where it stands alone."""
    return dict(_criteria(parts, document))


def _parts(assignment: Assignment) -> Iterator[tuple[Path, Part]]:
    for i, question in enumerate(assignment.questions):
        for j, part in enumerate(question.parts):
            yield ("questions", i, "parts", j), part


def _criteria(parts: Parts, document: Document) -> Iterator[tuple[Path, Criterion]]:
    for path, part in parts.items():
        inline = (*path, CRITERIA) not in document.places
        for k, criterion in enumerate(part.criteria):
            yield (path if inline else (*path, CRITERIA, k)), criterion
