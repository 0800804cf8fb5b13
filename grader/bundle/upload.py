"""One upload, laid out as Gradescope does -> its results.json, written as it goes.

`python -I -m grader.bundle.upload /autograder RUBRIC`, run by `run_autograder`. Where
grading cannot be done, no results are left behind: the platform then tells staff, and
nobody has a score.
"""

import json
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from grader.errors import GraderError, SubmissionError
from grader.export.gradescope import results, write_results
from grader.feedback.audience import feedback
from grader.load.source import load
from grader.model.feedback import Audience
from grader.model.phase import Phase
from grader.model.rubric import Assignment
from grader.model.score import PartScore, Scorecard
from grader.model.submission import Form
from grader.pipeline.assignment import read_assignment
from grader.pipeline.grading import blank_scorecard, open_examiner
from grader.pipeline.paper import examine
from grader.pipeline.rows import unjudged_scorecard
from grader.plugins import installed_loaders
from grader.rubric.reader import reference_path
from grader.sandbox.session import open_session
from grader.sandbox.starting import starter_of_both
from grader.score.policy import lateness

COULD_NOT_GRADE: Final = 2
PARTIAL_EVERY_SECONDS: Final = 1.0
LARGEST_METADATA_BYTES: Final = 16 * 2**20  # it holds earlier results as well
NOT_YET: Final = "not graded yet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The platform's folder: where the upload is, and where results go."""

    root: Path

    @property
    def submission(self) -> Path:
        """The folder of what was uploaded."""
        return self.root / "submission"

    @property
    def results(self) -> Path:
        """The file that the platform reads."""
        return self.root / "results" / "results.json"

    @property
    def metadata(self) -> Path:
        """The file that says who uploaded, and when."""
        return self.root / "submission_metadata.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Uploaded:
    """Who uploaded, and when, as far as the platform says."""

    name: str = ""
    at: datetime | None = None


@dataclass(slots=True, kw_only=True)
class Report:
    """Writes results as parts are scored: what is not scored yet waits."""

    place: Place
    assignment: Assignment
    uploaded: Uploaded
    clock: Callable[[], float] = time.monotonic
    scored: dict[str, PartScore] = field(default_factory=dict)
    started: float = 0.0
    written: float | None = None

    def add(self, part: PartScore) -> None:
        """Take in one more part, and write what there is, not too often."""
        self.scored[part.part] = part
        now = self.clock()
        if self.written is None or now - self.written >= PARTIAL_EVERY_SECONDS:
            self.written = now
            self.write(self._so_far())

    def write(self, card: Scorecard) -> None:
        """Write *card* as results, with the student's name and lateness on it."""
        policy, at = self.assignment.late, self.uploaded.at
        late = lateness(policy, card.possible, at)
        card = replace(card, student_name=self.uploaded.name, lateness=late)
        now, *later = (
            feedback(card, self.assignment, Audience.STUDENT, phase=phase)
            for phase in Phase
        )
        seconds = self.clock() - self.started
        found = results(now, card, self.assignment, later=later, seconds=seconds)
        found["extra_data"] |= {
            "protections": dict(card.transcript.protections),
            "waiting": str(card.waiting),
        }
        write_results(self.place.results, found)

    def _so_far(self) -> Scorecard:
        card = unjudged_scorecard(self.assignment, "upload", NOT_YET)
        questions = tuple(
            replace(q, parts=tuple(self.scored.get(p.part, p) for p in q.parts))
            for q in card.questions
        )
        return replace(card, questions=questions)


def grade_upload(place: Place, rubric: Path) -> Scorecard:
    """Grade what lies in *place*, and write its results.

    Raises:
        GraderError: grading cannot be done; no results are left.
    """
    assignment = read_assignment(rubric)
    report = Report(
        place=place, assignment=assignment, uploaded=read_metadata(place.metadata)
    )
    report.started = report.clock()
    try:
        card = _graded(assignment, rubric, report)
    except BaseException:  # partial results must not pass for whole ones
        place.results.unlink(missing_ok=True)
        raise
    report.write(card)
    return card


def _graded(assignment: Assignment, rubric: Path, report: Report) -> Scorecard:
    """Grade with one process that both the upload and the reference are forked from."""
    reference, limits = reference_path(assignment, rubric), assignment.run
    try:
        source = load(
            report.place.submission,
            assignment=assignment.assignment,
            loaders=installed_loaders,
        )
    except SubmissionError as error:
        return blank_scorecard(assignment, "upload", error)
    with (
        starter_of_both(source, reference, limits) as starter,
        open_examiner(rubric, starter=starter) as examiner,
        ExitStack() as stack,
    ):
        code = None
        if source.form is not Form.SHEET:
            code = stack.enter_context(open_session(source, limits, starter=starter))
        graded = examine(
            examiner, code, source.text, submission="upload", each=report.add
        )
    card = graded.scorecard
    return replace(card, remarks=(*source.remarks, *card.remarks))


def read_metadata(path: Path) -> Uploaded:
    """Read who uploaded and when; what is not there, or is odd, is not known."""
    try:
        with path.open("rb") as file:
            told: Any = json.loads(file.read(LARGEST_METADATA_BYTES))
        names = [str(user["name"]) for user in told.get("users", ())]
        at = datetime.fromisoformat(str(told["created_at"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Uploaded()
    return Uploaded(name=", ".join(names), at=at if at.tzinfo else None)


def main() -> None:
    """Grade the upload that the command line names."""
    root, rubric = (Path(word) for word in sys.argv[1:])
    try:
        card = grade_upload(Place(root=root), rubric)
    except GraderError as error:
        print(error)  # noqa: T201 - instructors see what is printed here, students do not
        sys.exit(COULD_NOT_GRADE)
    for name, holds in card.transcript.protections:
        print(f"protection {name}: {'on' if holds else 'off'}")  # noqa: T201 - as above


if __name__ == "__main__":
    main()
