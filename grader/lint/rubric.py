"""A rubric's path -> everything that lint finds, errors first."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

from grader.errors import RubricError, RubricFaults
from grader.lint.draft import Draft
from grader.lint.expected import lint_expected
from grader.lint.finding import Finding, Level, of_error
from grader.lint.follows import lint_follows
from grader.lint.itself import lint_blank, lint_itself
from grader.lint.public import lint_public
from grader.lint.written import lint_written
from grader.pipeline.grading import open_examiner
from grader.rubric.reader import (
    public_path,
    read_document,
    read_rubric,
    reference_path,
)

Told = Callable[[str], None]


def lint(rubric: Path, *, on_check: Told = lambda _: None) -> tuple[Finding, ...]:
    """Find what is wrong with *rubric* and its reference; no error means: ready.

    *on_check* is told, in words, of each thing that was looked at. After an error that
    hides others, as a reference that stops, less is looked at.

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


def _findings(rubric: Path, on_check: Told) -> Iterator[Finding]:
    assignment = read_rubric(rubric)
    reference = reference_path(assignment, rubric)
    public = public_path(assignment, rubric)
    parts, points = assignment.parts, sum(part.points for part in assignment.parts)
    on_check(f"the rubric: {len(parts)} parts, {points} points")
    with ExitStack() as stack:
        examiner = stack.enter_context(open_examiner(rubric))
        draft = Draft(document=read_document(rubric), examiner=examiner)
        yield from _reference(draft, reference, on_check)
        if public is not None:
            yield from lint_public(draft, public, reference)
            on_check(f"what students get: {public.name}")


def _reference(draft: Draft, reference: Path, on_check: Told) -> Iterator[Finding]:
    failures = draft.examiner.reference.transcript().failures
    if failures:
        yield Finding(
            level=Level.ERROR,
            where=str(reference),
            what=f"the reference stops where it is loaded: {failures[0][1]}",
            mend="mend it until `python` runs it without an error",
        )
        return
    follows = list(lint_follows(draft))
    yield from follows
    on_check("what functions ask of earlier answers")
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
