"""The students' checks, on the reference's answers -> those that a right answer fails."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path as FilePath

from grader.lint.draft import Draft
from grader.lint.finding import Finding, Level
from grader.lint.itself import Itself
from grader.pipeline.selfcheck import Checked, SelfCheck
from grader.sandbox.session import open_reference
from grader.yaml.path import Path

_MEND = "mend the check, or the reference: a student who is right is told this"


def lint_promised(draft: Draft, public: FilePath | None) -> Iterator[Finding]:
    """Check the reference as a student's work: what is found wrong is the check's."""
    with ExitStack() as stack:
        properties = None
        if public is not None:
            limits = draft.assignment.run
            properties = stack.enter_context(open_reference(public, limits))
            failures = properties.transcript().failures
            if failures:
                yield _stopped(public, failures[0][1])
                return
        checks = SelfCheck(
            assignment=draft.assignment,
            student=Itself(draft=draft),
            properties=properties,
            signatures=properties.describe() if properties is not None else {},
        )
        places = dict.fromkeys(path[:4] for path in draft.every_place)
        for path, checked in zip(places, checks.run(), strict=True):
            yield from _failed(draft, path, checked)


def _failed(draft: Draft, path: Path, checked: Checked) -> Iterator[Finding]:
    for criterion, verdict in checked.verdicts:
        if verdict.reason == "wrong-shape":
            yield draft.error(
                (*path, "public", "shape"),
                f"the reference's own {criterion.answer} has the shape "
                f"{verdict.evidence.fact('shape')}",
                _MEND,
            )
    for said in checked.said:
        yield draft.error(
            (*path, "public", "properties"),
            f"the reference's own answers fail a property: {said}",
            _MEND,
        )


def _stopped(public: FilePath, message: str) -> Finding:
    return Finding(
        level=Level.ERROR,
        where=str(public),
        what=f"the students' module stops where it is loaded: {message}",
        mend="mend it until `python` runs it without an error",
    )
