"""A rubric and what was handed in -> graded: the public face of grading from Python.

with open_examiner(Path("rubrics/hw3.yaml")) as examiner:
    graded = grade_file(examiner, Path("student.ipynb"))
    print(graded.scorecard.earned, "of", graded.scorecard.possible)
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from grader.errors import GraderError
from grader.expect.probes import Asking
from grader.load.source import load
from grader.model.rubric import Assignment, Criterion
from grader.model.score import CriterionScore, PartScore, QuestionScore, Scorecard
from grader.model.submission import Form, Source
from grader.model.verdict import NONE, Evidence, Outcome, Verdict
from grader.pipeline.assignment import (
    comparators_for,
    load_comparators,
    read_assignment,
)
from grader.pipeline.examiner import Examiner
from grader.pipeline.sitting import Graded
from grader.plugins import installed_loaders
from grader.rubric.reader import reference_path
from grader.sandbox.session import (
    Session,
    Starter,
    open_reference,
    open_session,
)
from grader.sandbox.starting import starter_of_both
from grader.sandbox.zygote import Zygote
from grader.score.credit import settle


@contextmanager
def open_examiner(
    rubric: Path, *, starter: Starter | None = None
) -> Iterator[Examiner]:
    """Read *rubric*, start its reference in a process of its own, and close it after.

    It is started by *starter*, or by one of its own, which imports what it names.

    Raises:
        RubricError: the rubric or its reference cannot be used.
        SandboxError: no process could be started.
    """
    assignment = read_assignment(rubric)
    reference = reference_path(assignment, rubric)
    with open_reference(reference, assignment.run, starter=starter) as process:
        yield examiner_with(assignment, process)


def examiner_with(assignment: Assignment, reference: Session) -> Examiner:
    """Return an examiner by *assignment*; its *reference* is started if it was not.

    What judges is loaded first: meanwhile a zygote that has begun goes on importing.
    """
    load_comparators(assignment)
    asking = Asking(assignment=assignment, signatures=reference.describe())
    return Examiner(
        assignment=assignment,
        asking=asking,
        reference=reference,
        comparators=comparators_for(assignment),
    )


def grade_once(
    assignment: Assignment,
    rubric: Path,
    source: Source,
    *,
    submission: str,
    begun: Zygote | None = None,
) -> Graded:
    """Grade *source* and nothing after it, by the assignment read from *rubric*.

    Both processes are forks of one that has imported what either needs: for a single
    submission that is what takes longest. It may have *begun* already; what judges is
    loaded meanwhile.
    """
    reference, limits = reference_path(assignment, rubric), assignment.run
    with (
        starter_of_both(source, reference, limits, begun) as starter,
        open_reference(reference, limits, starter=starter) as process,
    ):
        examiner = examiner_with(assignment, process)
        return grade_source(examiner, source, submission=submission, starter=starter)


def grade_source(
    examiner: Examiner,
    source: Source,
    *,
    submission: str,
    starter: Starter | None = None,
) -> Graded:
    """Grade *source*: its code, run in a process of its own, its written work, or both."""
    limits = examiner.assignment.run
    if source.form is Form.SHEET:
        return _with_paper(examiner, None, source, submission)
    with open_session(source, limits, starter=starter) as student:
        if source.text and _has_more_on_paper(examiner.assignment, student):
            return _with_paper(examiner, student, source, submission)
        return examiner.grade(student, submission=submission)


def _has_more_on_paper(assignment: Assignment, student: Session) -> bool:
    """Whether something may be written that the code does not define."""
    coded = student.transcript().names
    criteria = (criterion for part in assignment.parts for criterion in part.criteria)
    return any(c.written is not None and c.answer not in coded for c in criteria)


def _with_paper(
    examiner: Examiner, student: Session | None, source: Source, submission: str
) -> Graded:
    from grader.pipeline.paper import examine  # noqa: PLC0415 - code alone starts sooner

    return examine(examiner, student, source.text, submission=submission)


def grade_file(examiner: Examiner, path: Path, *, submission: str = "") -> Graded:
    """Load what was handed in at *path*, run it, and grade it.

    Raises:
        SubmissionError: it cannot be read as handed in.
        LoaderError: a plug-in failed on it.
    """
    source = load(path, loaders=installed_loaders)
    return grade_source(examiner, source, submission=submission or path.stem)


def blank_scorecard(
    assignment: Assignment, submission: str, error: GraderError
) -> Scorecard:
    """Return the row of a submission that could not be read: nothing earned, and why."""
    questions = tuple(
        QuestionScore(
            question=question.id,
            title=question.title,
            cap=question.cap,
            parts=tuple(
                PartScore(
                    part=part.id,
                    title=part.title,
                    criteria=tuple(_unread(criterion) for criterion in part.criteria),
                )
                for part in question.parts
            ),
        )
        for question in assignment.questions
    )
    return Scorecard(
        submission=submission,
        assignment=assignment.assignment,
        title=assignment.title,
        questions=questions,
        trouble=f"{error.what}; to mend it: {error.mend}",
        cap=assignment.cap,
    )


def _unread(criterion: Criterion) -> CriterionScore:
    verdict = Verdict(
        outcome=Outcome.MISSING,
        credit=NONE,
        reason="not-loaded",
        evidence=Evidence(facts=(("name", criterion.answer),)),
    )
    return settle(criterion, verdict)
