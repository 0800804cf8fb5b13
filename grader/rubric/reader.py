"""A rubric file -> Assignment, or every fault in it at once."""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path as FilePath

from pydantic import ValidationError

from grader.errors import RubricError, RubricFaults
from grader.model.rubric import BUILT_IN_KINDS, Assignment
from grader.rubric import coherence, faults
from grader.rubric.salvage import salvage
from grader.yaml.document import LONGEST_FILE_BYTES, Document, YamlError, read_yaml
from grader.yaml.path import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a rubric says, with all that is wrong with it, by path.

    *assignment* is None where it is no rubric at all; where it has faults, it is what
    is left without them, in which more may be looked for: in what is not *faulty*.
    """

    document: Document
    assignment: Assignment | None
    faults: tuple[RubricError, ...] = ()
    faulty: frozenset[Path] = frozenset()


def read_rubric(
    path: FilePath, *, kinds: Collection[str] = BUILT_IN_KINDS
) -> Assignment:
    """Read the rubric at *path*; *kinds* are the comparators that there are.

    Raises:
        RubricFaults: all that is wrong with it, each fault with its line.
    """
    reading = inspect_rubric(path, kinds=kinds)
    if reading.faults or reading.assignment is None:
        raise RubricFaults(reading.faults)
    return reading.assignment


def inspect_rubric(
    path: FilePath, *, kinds: Collection[str] = BUILT_IN_KINDS
) -> Reading:
    """Read what there is of the rubric at *path*, and find all that is wrong with it.

    Raises:
        RubricFaults: it is no YAML, so that nothing of it is known.
    """
    document = read_document(path)
    try:
        assignment = Assignment.model_validate(document.value)
    except ValidationError as error:
        told = faults.of_validation(error, document)
        return _with_further(told, document, kinds)
    found = coherence.faults(assignment, document, kinds)
    return Reading(
        document=document,
        assignment=assignment,
        faults=tuple(fault for _, fault in found),
        faulty=frozenset(at for at, _ in found),
    )


def _with_further(
    told: Mapping[Path, RubricError], document: Document, kinds: Collection[str]
) -> Reading:
    """Check what is left of a faulty rubric, if it still makes one."""
    left = salvage(document)
    if left is None:
        return Reading(document=document, assignment=None, faults=tuple(told.values()))
    further = coherence.faults(left.assignment, document, kinds, replaced=left.replaced)
    found = sorted((*told.items(), *further), key=lambda pair: document.line(pair[0]))
    return Reading(
        document=document,
        assignment=left.assignment,
        faults=tuple(fault for _, fault in found),
        faulty=left.replaced.union(at for at, _ in found),
    )


def read_document(path: FilePath) -> Document:
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


def reference_path(assignment: Assignment, rubric_path: FilePath) -> FilePath:
    """Say where the reference is; the rubric tells it from its own folder.

    Raises:
        RubricFaults: no file is there.
    """
    return _beside(rubric_path, ("reference",), assignment.reference)


def public_path(assignment: Assignment, rubric_path: FilePath) -> FilePath | None:
    """Say where the students' properties are, or None where the rubric has none.

    Raises:
        RubricFaults: no file is there.
    """
    if assignment.public is None:
        return None
    return _beside(rubric_path, ("public", "module"), assignment.public.module)


def rubric_digest(assignment: Assignment, rubric_path: FilePath) -> str:
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


def _beside(rubric_path: FilePath, key: tuple[str, ...], written: str) -> FilePath:
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


def _unreadable(path: FilePath, error: OSError) -> RubricError:
    return RubricError(
        str(path),
        f"the rubric cannot be opened: {error.strerror}",
        "is the path right, and may you read the file?",
    )
