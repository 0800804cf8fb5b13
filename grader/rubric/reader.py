"""A rubric file -> Assignment, or every fault in it at once."""

import hashlib
from collections.abc import Collection
from pathlib import Path

from pydantic import ValidationError

from grader.errors import RubricError, RubricFaults
from grader.model.rubric import BUILT_IN_KINDS, Assignment
from grader.rubric import coherence, faults
from grader.yaml.document import LONGEST_FILE_BYTES, Document, YamlError, read_yaml
from grader.yaml.path import Plain


def read_rubric(path: Path, *, kinds: Collection[str] = BUILT_IN_KINDS) -> Assignment:
    """Read the rubric at *path*; *kinds* are the comparators that there are.

    Raises:
        RubricFaults: all that is wrong with it, each fault with its line.
    """
    document = read_document(path)
    try:
        assignment = Assignment.model_validate(document.value)
    except ValidationError as error:
        told = faults.of_validation(error, document)
        further = _further(faults.without_faulty(error, document), document, kinds)
        raise RubricFaults((*told, *further)) from error
    found = coherence.faults(assignment, document, kinds)
    if found:
        raise RubricFaults(found)
    return assignment


def _further(
    rest: Plain, document: Document, kinds: Collection[str]
) -> tuple[RubricError, ...]:
    """Check what is left of a faulty rubric, if it still makes one."""
    try:
        assignment = Assignment.model_validate(rest)
    except ValidationError:
        return ()
    return coherence.faults(assignment, document, kinds)


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


def reference_path(assignment: Assignment, rubric_path: Path) -> Path:
    """Say where the reference is; the rubric tells it from its own folder.

    Raises:
        RubricFaults: no file is there.
    """
    return _beside(rubric_path, ("reference",), assignment.reference)


def public_path(assignment: Assignment, rubric_path: Path) -> Path | None:
    """Say where the students' properties are, or None where the rubric has none.

    Raises:
        RubricFaults: no file is there.
    """
    if assignment.public is None:
        return None
    return _beside(rubric_path, ("public", "module"), assignment.public.module)


def rubric_digest(assignment: Assignment, rubric_path: Path) -> str:
    """Hash what the grading rests on: what the rubric says, and the reference's bytes.

    Layout and comments of the rubric do not change it.

    Raises:
        RubricFaults: there is no reference.
    """
    said = assignment.model_dump_json(by_alias=True).encode()
    public = public_path(assignment, rubric_path)
    files = [reference_path(assignment, rubric_path), *([public] if public else [])]
    whole = hashlib.sha256()
    for content in (said, *(path.read_bytes() for path in files)):
        whole.update(len(content).to_bytes(8, "big") + content)
    return whole.hexdigest()


def _beside(rubric_path: Path, key: tuple[str, ...], written: str) -> Path:
    path = rubric_path.parent / written
    if path.suffix == ".py" and path.is_file():
        return path
    where = read_document(rubric_path).where(key)
    fault = RubricError(
        where,
        f"there is no Python file at {path}",
        "the path starts from the folder of the rubric; write it as ../reference/hw.py",
    )
    raise RubricFaults((fault,))


def _unreadable(path: Path, error: OSError) -> RubricError:
    return RubricError(
        str(path),
        f"the rubric cannot be opened: {error.strerror}",
        "is the path right, and may you read the file?",
    )
