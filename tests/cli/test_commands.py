"""A class graded, regraded, reviewed and checked, by the commands that people type."""

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.batch.reviewing import open_gradebook, waiting
from grader.cli.face import run
from grader.export.record import RECORD_VERSION, read_record
from tests.batch.course import HALVED, RIGHT, WRONG, Course, make_course


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Course:
    course = make_course(tmp_path_factory.mktemp("course"))
    course.hand_in(ada=RIGHT, bob=HALVED, cyd=WRONG)
    (course.handed_in / "dan.py").write_bytes(b"\xff\xfe\0")
    roster = course.root / "roster.csv"
    roster.write_text("id,name\nada,Ada L\neve,Eve E\n", encoding="utf-8")

    place = [str(course.rubric), str(course.handed_in), "-o", str(course.output)]
    code = run(["grade", *place, "--roster", str(roster), "--allow-unconfined"])

    assert code == 0
    return course


@pytest.fixture
def course(graded: Course) -> Iterator[Course]:
    """Lend the graded course, and put its rubric back afterwards."""
    rubric = graded.rubric.read_bytes()
    yield graded
    graded.rubric.write_bytes(rubric)
    (graded.output / "settlements.yaml").unlink(missing_ok=True)


def gradebook(course: Course) -> dict[str, dict[str, str]]:
    with (course.output / "gradebook.csv").open(encoding="utf-8") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


def test_everybody_has_a_row(course: Course) -> None:
    found = {name: row["total"] for name, row in gradebook(course).items()}

    assert found == {"ada": "9", "bob": "7", "cyd": "0", "dan": "0", "eve": "0"}


def test_the_row_says_how_it_came_about(course: Course) -> None:
    found = {name: row["outcome"] for name, row in gradebook(course).items()}

    assert found["dan"] == "unreadable"
    assert found["eve"] == "not-submitted"


def test_everybody_has_a_page_and_staff_an_overview(course: Course) -> None:
    assert {page.stem for page in (course.output / "feedback").iterdir()} == {
        "ada",
        "bob",
        "cyd",
        "dan",
        "eve",
    }
    assert "Ada L" in (course.output / "index.html").read_text(encoding="utf-8")


def test_a_second_run_runs_nothing(
    course: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (course.output / "gradebook.csv").read_bytes()

    run(["grade", str(course.rubric), str(course.handed_in), "-o", str(course.output)])

    assert "3 unchanged since they were graded" in capsys.readouterr().out
    assert (course.output / "gradebook.csv").read_bytes() == before


def test_a_dry_run_says_who_moves_and_writes_nothing(
    course: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    course.change_rubric("credit: 1/2", "credit: 3/4")
    before = (course.output / "records" / "bob.json").read_bytes()

    assert run(["regrade", str(course.rubric), str(course.output), "--dry-run"]) == 0

    told = capsys.readouterr().out
    assert "1 of 5 submissions move" in told
    assert "+1" in told
    assert (course.output / "records" / "bob.json").read_bytes() == before


def test_without_a_terminal_nothing_is_written_unless_told(
    course: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    course.change_rubric("credit: 1/2", "credit: 3/4")

    run(["regrade", str(course.rubric), str(course.output)])

    assert "nothing is written" in capsys.readouterr().out
    assert gradebook(course)["bob"]["total"] == "7"


def test_a_settlement_outlives_every_regrade(course: Course) -> None:
    settle = ["--settle", "cyd", "1b", "1/3", "The idea is right."]
    place = [str(course.rubric), str(course.output)]

    run(["review", *place, *settle])
    run(["regrade", *place, "--write"])
    run(["grade", str(course.rubric), str(course.handed_in), "-o", str(course.output)])

    assert gradebook(course)["cyd"]["1b"] == "1"
    page = (course.output / "feedback" / "cyd.html").read_text(encoding="utf-8")
    assert "The idea is right." in page


@pytest.mark.parametrize(
    ("settle", "told"),
    [
        pytest.param(["zoe", "1b", "1", ""], "no such submission", id="who"),
        pytest.param(["cyd", "9z", "1", ""], "no such part", id="where"),
        pytest.param(["cyd", "1b", "2", ""], "between 0 and 1", id="how much"),
    ],
)
def test_a_settlement_of_nothing_is_refused(
    course: Course, settle: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code = run(["review", str(course.rubric), str(course.output), "--settle", *settle])

    assert code == 2
    assert told in capsys.readouterr().err
    assert not (course.output / "settlements.yaml").exists()


def test_what_waits_is_withheld_and_listed(
    course: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    path = course.output / "records" / "ada.json"
    raw = path.read_bytes()
    undecided = json.dumps({"outcome": "undecided"})[1:-1]
    changed = raw.replace(b'"outcome": "correct"', undecided.encode(), 1)
    path.write_bytes(changed)

    code = run(["review", str(course.rubric), str(course.output)])
    waits = list(waiting(open_gradebook(course.rubric, course.output)))
    path.write_bytes(raw)

    assert code == 0
    assert "ada  1a.slope" in capsys.readouterr().out
    assert [(one.submission, one.part) for one in waits] == [("ada", "1a")]


def test_the_record_names_what_it_rests_on(course: Course) -> None:
    record = read_record(course.output / "records" / "ada.json")

    digests = (
        record.source_digest,
        record.rubric_digest,
        record.reference_digest,
        record.environment,
    )
    assert all(len(digest) == 64 for digest in digests)


@pytest.mark.parametrize(
    ("format_", "name"),
    [
        pytest.param("markdown", "bob.md", id="Markdown"),
        pytest.param("gradescope", "bob.json", id="Gradescope"),
        pytest.param("prairielearn", "dan.json", id="PrairieLearn, unreadable"),
        pytest.param("autolab", "eve.txt", id="Autolab, not handed in"),
        pytest.param("coursera", "cyd.json", id="Coursera"),
    ],
)
def test_every_format_writes_a_file_a_submission(
    course: Course, format_: str, name: str
) -> None:
    place = [str(course.rubric), str(course.handed_in), "-o", str(course.output)]

    assert run(["grade", *place, "--format", format_]) == 0

    assert (course.output / format_ / name).stat().st_size > 0


def test_an_unknown_format_is_refused_before_anything_runs(
    course: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    place = [str(course.rubric), str(course.handed_in), "-o", str(course.output)]

    assert run(["grade", *place, "--format", "stone"]) == 2
    assert "coursera" in capsys.readouterr().err


def test_regrading_nothing_says_what_to_do(
    course: Course, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["regrade", str(course.rubric), str(tmp_path)]) == 2
    assert "nothing was graded into this folder" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "code"),
    [
        pytest.param("ada.py", 0, id="right"),
        pytest.param("bob.py", 1, id="a recognised mistake"),
        pytest.param("dan.py", 2, id="cannot be read"),
    ],
)
def test_a_check_with_the_whole_rubric_ends_as_told(
    course: Course, name: str, code: int
) -> None:
    path = course.handed_in / name

    assert run(["check", str(course.rubric), str(path)]) == code


def test_lint_finds_nothing_wrong_with_a_right_rubric(course: Course) -> None:
    assert run(["lint", str(course.rubric)]) == 0


def test_lint_finds_a_reference_that_is_not_there(course: Course) -> None:
    course.change_rubric("answer: at_two", "answer: at_three")

    assert run(["lint", str(course.rubric)]) == 1


def test_a_rubric_that_is_no_yaml_leaves_with_2(course: Course) -> None:
    course.rubric.write_text("questions: [", encoding="utf-8")

    assert run(["grade", str(course.rubric), str(course.handed_in)]) == 2


def test_the_schema_is_json(capsys: pytest.CaptureFixture[str]) -> None:
    run(["schema"])

    assert "properties" in json.loads(capsys.readouterr().out)


def test_a_due_date_without_any_times_is_warned_of(
    course: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    text = course.rubric.read_text(encoding="utf-8")
    late = "late: {due: 2026-12-13T23:59+01:00}\nquestions:"
    course.rubric.write_text(text.replace("questions:", late), encoding="utf-8")

    run(["grade", str(course.rubric), str(course.handed_in), "-o", str(course.output)])

    assert "without a time" in capsys.readouterr().err


def page(course: Course, name: str) -> str:
    return (course.output / "feedback" / f"{name}.html").read_text(encoding="utf-8")


def test_published_is_told_once_and_stays(
    course: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    course.change_rubric("follows: [1a]", "follows: [1a], visibility: after_published")
    place = [str(course.rubric), str(course.output)]

    run(["regrade", *place, "--write"])
    withheld, told = page(course, "bob"), capsys.readouterr().out
    run(["regrade", *place, "--write", "--phase", "published"])
    run(["review", *place, "--settle", "cyd", "1c", "1/2", "Close."])
    shown = page(course, "bob")
    (course.output / "phase.txt").unlink()

    assert "not on students' pages yet: 1b (to show: --phase published)" in told
    assert "part-1b" not in withheld
    assert "part-1b" in shown


def test_a_check_by_staff_shows_what_a_phase_shows(
    course: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    course.change_rubric("follows: [1a]", "follows: [1a], visibility: after_due_date")
    place = [str(course.rubric), str(course.handed_in / "cyd.py")]

    run(["check", *place])
    before = capsys.readouterr().out
    run(["check", *place, "--phase", "after-due"])
    after = capsys.readouterr().out

    assert ("At two" in before, "At two" in after) == (False, True)
    assert "points are those of the parts that are shown" in before


def test_a_phase_that_is_none_is_refused(
    course: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    place = [str(course.rubric), str(course.output)]

    assert run(["regrade", *place, "--phase", "soon"]) == 2
    assert "before-due, after-due, published" in capsys.readouterr().err


def test_a_reference_without_an_answer_is_told_before_anything_runs(
    course: Course, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    course.change_rubric("expected: parabola", "reference: shape")
    place = [str(course.rubric), str(course.handed_in), "-o", str(tmp_path / "new")]

    code = run(["grade", *place, "--allow-unconfined"])

    assert code == 2
    assert "the reference has nothing called shape" in capsys.readouterr().err
    assert not (tmp_path / "new").exists()


def test_no_autograder_is_made_of_a_reference_without_an_answer(
    course: Course, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    course.change_rubric("expected: parabola", "reference: shape")

    code = run(
        ["bundle", "gradescope", str(course.rubric), "-o", str(tmp_path / "a.zip")]
    )

    assert code == 2
    assert "the reference has nothing called shape" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["grade", "regrade", "review"])
def test_a_record_of_a_later_grader_is_refused_and_left_alone(
    course: Course, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = course.output / "records" / "ada.json"
    raw = path.read_bytes()
    later = re.sub(
        rb'"record": \d+, "grader": "', b'"record": 99, "grader": "7.', raw, count=1
    )
    path.write_bytes(later)
    places = {"grade": [course.handed_in, "-o", course.output]}
    place = places.get(command, [course.output])

    code = run([command, str(course.rubric), *map(str, place)])
    found = path.read_bytes()
    path.write_bytes(raw)

    assert (code, found) == (2, later)
    assert f"its format, 99, is newer than {RECORD_VERSION}" in capsys.readouterr().err


def test_a_damaged_record_is_told_by_a_regrade(
    course: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    path = course.output / "records" / "bob.json"
    raw = path.read_bytes()
    path.write_bytes(raw[:100])

    code = run(["regrade", str(course.rubric), str(course.output), "--dry-run"])
    path.write_bytes(raw)

    assert code == 2
    assert "bob: its record is damaged: grade it again" in capsys.readouterr().err


def test_the_courses_own_modules_are_no_submissions(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mine = make_course(tmp_path)
    (tmp_path / "ada.py").write_text(RIGHT, encoding="utf-8")
    (tmp_path / "bob.py").write_text(RIGHT, encoding="utf-8")

    for _ in range(2):  # the second time what the first one wrote lies there as well
        run(
            [
                "grade",
                str(mine.rubric),
                str(tmp_path),
                "-o",
                str(mine.output),
                "--allow-unconfined",
            ]
        )

    told = capsys.readouterr()
    assert list(gradebook(mine)) == ["ada", "bob"]
    assert "nobody's work: rubric.yaml, properties.py, reference.py" in told.err


def test_a_settlement_that_lost_its_part_is_told(
    course: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    place = [str(course.rubric), str(course.output)]
    run(["review", *place, "--settle", "cyd", "1c", "1/2", "Close."])
    course.change_rubric("id: 1c", "id: 1d")

    run(["regrade", *place, "--dry-run"])

    told = capsys.readouterr().err
    assert "settled, but no such part is there now: cyd 1c.word" in told


def test_a_folder_that_is_no_self_check_says_so(
    course: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["check", str(course.handed_in), str(course.handed_in)]) == 2
    assert "this folder is no self-check" in capsys.readouterr().err
