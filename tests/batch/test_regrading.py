"""A class judged again by several desks at a time."""

from pathlib import Path

import pytest

from grader.batch.crew import Done
from grader.batch.folder import OutputFolder
from grader.batch.grading import BatchOptions, grade_batch
from grader.batch.regrading import RegradeOptions, accept, propose_regrade
from grader.load.intake import find_submissions
from tests.batch.course import HALVED, RIGHT, WRONG, Course, make_course


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Course:
    course = make_course(tmp_path_factory.mktemp("course"))
    course.hand_in(ada=RIGHT, bob=HALVED, cyd=WRONG)
    grade_batch(
        course.rubric,
        find_submissions([course.handed_in]),
        output=course.output,
        options=BatchOptions(allow_unconfined=True),
    )
    course.change_rubric("credit: 1/2", "credit: 3/4")
    return course


@pytest.mark.parametrize("workers", [1, 3])
def test_what_moves_does_not_depend_on_how_many_judge(
    graded: Course, workers: int
) -> None:
    told: list[Done] = []
    options = RegradeOptions(
        workers=workers, on_progress=lambda done, _of: told.append(done)
    )

    proposal = propose_regrade(graded.rubric, graded.output, options=options)

    assert [(move.submission, move.part) for move in proposal.moves] == [("bob", "1a")]
    assert list(proposal.records) == ["ada", "bob", "cyd"]
    assert sorted(done.submission for done in told) == ["ada", "bob", "cyd"]


def test_desks_leave_no_folder_behind(
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    course, scratch = make_course(tmp_path), tmp_path_factory.mktemp("scratch")
    monkeypatch.setenv("TMPDIR", str(scratch))
    course.hand_in(ada=RIGHT)
    options = BatchOptions(allow_unconfined=True)
    handed_in = find_submissions([course.handed_in])

    grade_batch(course.rubric, handed_in, output=course.output, options=options)
    propose_regrade(course.rubric, course.output)

    assert list(scratch.iterdir()) == []


def test_nothing_is_written_before_it_is_accepted(graded: Course) -> None:
    path = OutputFolder(graded.output).record("bob")
    before = path.read_text(encoding="ascii")

    proposal = propose_regrade(graded.rubric, graded.output)

    assert path.read_text(encoding="ascii") == before
    accept(proposal)
    assert path.read_text(encoding="ascii") == proposal.records["bob"] != before


def test_a_damaged_record_is_told_and_takes_no_other_along(
    graded: Course, tmp_path: Path
) -> None:
    path = OutputFolder(graded.output).record("cyd")
    kept = tmp_path / "cyd.json"
    kept.write_bytes(path.read_bytes())
    path.write_text("{", encoding="utf-8")

    proposal = propose_regrade(graded.rubric, graded.output)
    path.write_bytes(kept.read_bytes())

    assert list(proposal.records) == ["ada", "bob"]
    assert [done.submission for done in proposal.lost] == ["cyd"]
