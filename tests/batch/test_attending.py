"""What one submission takes: nothing, judging again, or a run; and always a record."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from grader.batch.attending import Attendant, recorded
from grader.batch.fingerprint import fingerprint
from grader.batch.folder import OutputFolder
from grader.errors import SandboxError, SubmissionError
from grader.expect.probes import Asking
from grader.load.handed import Handed
from grader.model.answer import Answer, Failed
from grader.model.submission import Source
from grader.model.verdict import Outcome
from grader.pipeline.examiner import Examiner
from grader.pipeline.sitting import Respondent
from grader.rubric.reader import read_rubric
from tests.batch.course import HALVED, RIGHT, Course, make_course
from tests.pipeline.respondent import InProcess, Plain

REFERENCE: dict[str, Plain] = {
    "slope": lambda x: 2 * x,
    "slope_halved": lambda x: x,
    "at_two": lambda *, slope: slope(2.0) + 0.123456,
}
SIGNATURES = {"slope": (), "slope_halved": (), "at_two": ("slope",)}
ANSWERS: dict[str, Plain] = {
    "slope": lambda x: x,
    "at_two": 2.123456,
    "word": "parabola",
}


class Broken(InProcess):
    """A process that our side could not run."""

    def ask(self, probes: object, *, relay: object = None) -> tuple[Answer, ...]:
        del relay
        return tuple(Failed(reason="sandbox") for _ in probes)  # type: ignore[attr-defined]


@dataclass
class Bench:
    """Equipment that answers out of dictionaries, and counts what was run."""

    course: Course
    student: Respondent
    fails: bool = False
    error: SubmissionError | None = None
    runs: list[str] = field(default_factory=list)

    @property
    def examiner(self) -> Examiner:
        assignment = read_rubric(self.course.rubric)
        return Examiner(
            assignment=assignment,
            asking=Asking(assignment=assignment, signatures=SIGNATURES),
            reference=InProcess(REFERENCE),
        )

    @contextmanager
    def open(self, source: Source) -> Iterator[Respondent]:
        if self.error is not None:
            raise self.error
        if self.fails:
            raise SandboxError(where="here", what="no process", mend="try again")
        self.runs.append(source.name)
        yield self.student


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    course = make_course(tmp_path)
    course.hand_in(ada=HALVED)
    OutputFolder(course.output).create()
    return Bench(course=course, student=InProcess(ANSWERS))


def attend(bench: Bench) -> str:
    assignment = read_rubric(bench.course.rubric)
    attendant = Attendant(
        assignment=assignment,
        rests_on=fingerprint(assignment, bench.course.rubric),
        folder=OutputFolder(bench.course.output),
        equipment=bench,
    )
    path = bench.course.handed_in / "ada.py"
    return attendant.attend(Handed(id="ada", name="ada", path=path))


def outcomes(bench: Bench) -> set[Outcome]:
    record = recorded(OutputFolder(bench.course.output).record("ada"))
    assert record is not None
    return {part.outcome for part in record.scorecard.parts}


def test_the_first_time_it_is_run_and_then_kept(bench: Bench) -> None:
    assert [attend(bench), attend(bench)] == ["ran", "kept"]
    assert bench.runs == ["ada.py"]


def test_a_changed_credit_is_judged_from_the_record(bench: Bench) -> None:
    attend(bench)
    bench.course.change_rubric("credit: 1/2", "credit: 3/4")

    assert [attend(bench), attend(bench)] == ["judged", "kept"]
    assert bench.runs == ["ada.py"]


def test_a_changed_comment_changes_nothing(bench: Bench) -> None:
    attend(bench)
    bench.course.change_rubric("schema: 1\n", "schema: 1 # as ever\n")

    assert attend(bench) == "kept"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("low: 1, high: 2", "low: 3, high: 4", id="other inputs"),
        pytest.param("cell: 2 s", "cell: 3 s", id="another limit"),
        pytest.param("seed: 7351", "seed: 7352", id="another seed"),
    ],
)
def test_what_only_a_run_can_tell_is_run(bench: Bench, before: str, after: str) -> None:
    attend(bench)
    bench.course.change_rubric(before, after)

    assert attend(bench) == "ran"


def test_changed_work_is_run(bench: Bench) -> None:
    attend(bench)
    bench.course.hand_in(ada=RIGHT)

    assert attend(bench) == "ran"


def test_a_damaged_record_is_written_anew(bench: Bench) -> None:
    attend(bench)
    OutputFolder(bench.course.output).record("ada").write_text("{", encoding="utf-8")

    assert attend(bench) == "ran"


def test_work_that_cannot_be_read_has_its_row(bench: Bench) -> None:
    (bench.course.handed_in / "ada.py").write_bytes(b"\xff\xfe\0")

    assert attend(bench) == "unreadable"
    assert outcomes(bench) == {Outcome.MISSING}


def test_work_that_cannot_be_laid_out_has_its_row(bench: Bench) -> None:
    bench.error = SubmissionError(where="ada.py", what="its name", mend="rename it")

    assert attend(bench) == "unreadable"


def test_damaged_answers_in_a_record_are_run_anew(bench: Bench) -> None:
    attend(bench)
    bench.course.change_rubric("credit: 1/2", "credit: 3/4")
    path = OutputFolder(bench.course.output).record("ada")
    before, found, after = path.read_text(encoding="utf-8").partition('"sheet":')
    assert found
    path.write_text(before + found + "7" + after, encoding="utf-8")

    assert attend(bench) == "ran"


def test_a_run_that_fails_on_our_side_waits_for_a_person(bench: Bench) -> None:
    bench.fails = True

    assert attend(bench) == "not-run"
    assert outcomes(bench) == {Outcome.UNDECIDED}


def test_what_failed_on_our_side_is_tried_again(bench: Bench) -> None:
    attend(replace(bench, student=Broken(ANSWERS)))

    assert attend(bench) == "ran"
