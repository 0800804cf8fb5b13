"""A class judged again by several desks at a time."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from grader.batch.crew import Done
from grader.batch.folder import OutputFolder
from grader.batch.grading import BatchOptions, grade_batch
from grader.batch.regrading import RegradeOptions, accept, propose_regrade
from grader.batch.reviewing import Decision, decide, open_gradebook
from grader.errors import RubricError
from grader.load.intake import find_submissions
from grader.load.roster import Enrolled
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


def test_another_assignments_rubric_is_refused(graded: Course, tmp_path: Path) -> None:
    other = make_course(tmp_path)
    other.change_rubric("assignment: tiny", "assignment: huge")

    with pytest.raises(RubricError, match="grades of 'tiny' are kept here"):
        propose_regrade(other.rubric, graded.output)
    with pytest.raises(RubricError, match="grades of 'tiny' are kept here"):
        open_gradebook(other.rubric, graded.output)
    with pytest.raises(RubricError, match="name another folder"):
        grade_batch(other.rubric, [], output=graded.output)


def test_members_of_a_group_share_what_is_settled_unless_told_apart(
    tmp_path: Path,
) -> None:
    course = make_course(tmp_path)
    course.hand_in(ada=RIGHT)
    handed = [
        replace(one, people=(("ada",), ("bob",), ("cyd",)))
        for one in find_submissions([course.handed_in])
    ]
    roster = [Enrolled(id="ada"), Enrolled(id="bob"), Enrolled(id="cyd")]
    options = BatchOptions(allow_unconfined=True)
    grade_batch(
        course.rubric, handed, output=course.output, roster=roster, options=options
    )

    book = decide(
        course.rubric,
        course.output,
        [
            Decision(submission="ada", place="1b", credit=Fraction(0), remark="no"),
            Decision(submission="cyd", place="1b", credit=Fraction(1, 3), remark="yes"),
        ],
    )

    earned = {card.submission: card.earned for card in book.scorecards}
    assert earned == {"ada": 6, "bob": 6, "cyd": 7}
    assert "a word" in (course.output / "feedback" / "bob.html").read_text().casefold()


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
