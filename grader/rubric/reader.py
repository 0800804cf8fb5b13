"""A rubric file -> Assignment, or every fault in it at once."""

from collections.abc import Collection
from pathlib import Path

from pydantic import ValidationError

from grader.errors import RubricError, RubricFaults
from grader.model.rubric import BUILT_IN_KINDS, Assignment
from grader.rubric import coherence, faults
from grader.yaml import LONGEST_FILE_BYTES, Document, YamlError, read_yaml


def read_rubric(path: Path, *, kinds: Collection[str] = BUILT_IN_KINDS) -> Assignment:
    """Read the rubric at *path*; *kinds* are the comparators that there are.

    Raises:
        RubricFaults: all that is wrong with it, each fault with its line.
    """
    document = read_document(path)
    try:
        assignment = Assignment.model_validate(document.value)
    except ValidationError as error:
        raise RubricFaults(faults.of_validation(error, document)) from error
    found = coherence.faults(assignment, document, kinds)
    if found:
        raise RubricFaults(found)
    return assignment


def read_document(path: Path) -> Document:
    """Read the YAML at *path*, without asking what it says.

    Raises:
        RubricFaults: it cannot be read, or in two ways.
    """
    try:
        with path.open("rb") as file:
            content = file.read(LONGEST_FILE_BYTES + 1)
    except OSError as error:
        raise RubricFaults((_unreadable(path, error),)) from error
    try:
        return read_yaml(content, name=str(path))
    except YamlError as error:
        told = (RubricError(f.where, f.what, f.mend) for f in error.faults)
        raise RubricFaults(tuple(told)) from error


def _unreadable(path: Path, error: OSError) -> RubricError:
    return RubricError(
        str(path),
        f"the rubric cannot be opened: {error.strerror}",
        "is the path right, and may you read the file?",
    )
