"""A rubric's path -> everything that lint finds, errors first."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from grader.errors import RubricError, RubricFaults
from grader.lint.draft import Draft
from grader.lint.expected import lint_expected, lint_reference
from grader.lint.finding import Finding, Level, of_error
from grader.lint.follows import lint_follows
from grader.lint.installed import lint_installed
from grader.lint.itself import lint_blank, lint_itself
from grader.lint.promised import lint_promised
from grader.lint.public import lint_public
from grader.lint.written import lint_written
from grader.pipeline.assignment import inspect_assignment
from grader.pipeline.grading import examiner_with
from grader.rubric.reader import Reading, public_path, reference_path
from grader.sandbox.session import open_reference

Told = Callable[[str], None]
Looks = Callable[[Draft], Iterator[Finding]]


def lint(rubric: Path, *, on_check: Told = lambda _: None) -> tuple[Finding, ...]:
    """Find what is wrong with *rubric* and its reference; no error means: ready.

    *on_check* is told, in words, of each thing that was looked at. A part with a fault
    hides no fault of another: the reference is asked for all that are well. After an
    error that hides others, as a reference that stops, less is looked at.

    Raises:
        SandboxError: the reference could not be run on this machine at all.
    """
    try:
        findings = tuple(_findings(rubric, on_check))
    except RubricFaults as faults:
        return tuple(of_error(fault) for fault in faults.faults)
    except RubricError as error:
        return (of_error(error),)
    return tuple(sorted(findings, key=lambda f: f.level is not Level.ERROR))


def preflight(rubric: Path) -> None:
    """Look whether *rubric* can be graded by: its file, and the answers it asks for.

    Raises:
        RubricFaults: all that is wrong, with file and line.
        SandboxError: the reference could not be run on this machine at all.
    """
    reading = inspect_assignment(rubric)
    modules = _modules(rubric, reading)
    findings = (*modules.findings, *_with_reference(reading, modules, lint_reference))
    told = (RubricError(f.where, f.what, f.mend) for f in findings)
    faults = (*reading.faults, *told)
    if faults:
        raise RubricFaults(faults)


def _findings(rubric: Path, on_check: Told) -> Iterator[Finding]:
    reading = inspect_assignment(rubric)
    yield from (of_error(fault) for fault in reading.faults)
    if reading.assignment is None:
        return
    modules = _modules(rubric, reading)
    yield from modules.findings
    parts = reading.assignment.parts
    points = sum(part.points for part in parts)
    if not reading.faults:
        on_check(f"the rubric: {len(parts)} parts, {points} points")
    everything = partial(_everything, on_check=on_check)
    looks = lint_reference if reading.faults else everything
    students = partial(_students_module, modules=modules, on_check=on_check)
    yield from _with_reference(reading, modules, looks, students)


@dataclass(frozen=True, slots=True, kw_only=True)
class Modules:
    """The Python files that a rubric names, and what is wrong with their paths."""

    reference: Path | None = None
    public: Path | None = None
    findings: tuple[Finding, ...] = ()


def _modules(rubric: Path, reading: Reading) -> Modules:
    """Look where the files are; a path that is faulty in itself names none."""
    assignment = reading.assignment
    if assignment is None:
        return Modules()
    found: dict[str, Path | None] = {}
    faults: list[RubricError] = []
    for key, path_of in (("reference", reference_path), ("public", public_path)):
        if any(path[:1] == (key,) for path in reading.faulty):
            continue
        try:
            found[key] = path_of(assignment, rubric)
        except RubricFaults as error:
            faults += error.faults
    return Modules(
        reference=found.get("reference"),
        public=found.get("public"),
        findings=tuple(of_error(fault) for fault in faults),
    )


def _nothing(_: Draft) -> Iterator[Finding]:
    return iter(())


def _with_reference(
    reading: Reading, modules: Modules, looks: Looks, always: Looks = _nothing
) -> Iterator[Finding]:
    """Start the reference, and look at what it says, unless it stops."""
    assignment, reference = reading.assignment, modules.reference
    if assignment is None or reference is None:
        return
    with open_reference(reference, assignment.run) as process:
        draft = Draft(
            document=reading.document,
            examiner=examiner_with(assignment, process),
            faulty=reading.faulty,
        )
        failures = process.transcript().failures
        if failures:
            yield _stopped(reference, failures[0][1])
        else:
            yield from looks(draft)
        yield from always(draft)


def _stopped(reference: Path, message: str) -> Finding:
    return Finding(
        level=Level.ERROR,
        where=str(reference),
        what=f"the reference stops where it is loaded: {message}",
        mend="mend it until `python` runs it without an error",
    )


def _students_module(
    draft: Draft, *, modules: Modules, on_check: Told
) -> Iterator[Finding]:
    found: list[Finding] = []
    if modules.public is not None and modules.reference is not None:
        found = list(lint_public(draft, modules.public, modules.reference))
        yield from found
        on_check(f"what students get: {modules.public.name}")
    if not (found or draft.faulty):
        yield from lint_promised(draft, modules.public)
        on_check("the reference, put to the students' checks")


def _everything(draft: Draft, *, on_check: Told) -> Iterator[Finding]:
    follows = list(lint_follows(draft))
    yield from follows
    on_check("what functions ask of earlier answers")
    yield from lint_installed(draft)
    expected = list(lint_expected(draft))
    yield from expected
    on_check("the reference and each mistake, at every input")
    if not any(finding.level is Level.ERROR for finding in (*follows, *expected)):
        yield from lint_itself(draft)
        on_check("the reference graded against itself")
        yield from lint_written(draft)
        on_check("what sheets are held against")
    yield from lint_blank(draft)
    on_check("a blank submission")
