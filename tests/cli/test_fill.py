"""Scores come back to a platform in its own table, to whom they belong."""

import csv
from pathlib import Path

import pytest

from grader.batch.grading import BatchOptions, grade_batch
from grader.cli.face import run
from grader.load.intake import find_submissions
from grader.load.roster import Enrolled
from tests.batch.course import HALVED, RIGHT, Course, make_course

FROM_CANVAS = """\
Student,ID,SIS User ID,SIS Login ID,Section,Tiny (4711)
    Points Possible,,,,,9
"Lovelace, Ada",101,s-1,ada,Monday,
"Brown, Bob",102,s-2,bob,Monday,
"Nobody, Ned",103,s-3,ned,Monday,3
"""
FROM_MOODLE = """\
ID,Vollständiger Name,E-Mail,Status,Bewertung,Letzte Änderung
Teilnehmer/in 101,Ada Lovelace,a@x.org,Abgegeben,,-
Teilnehmer/in 103,Ned Nobody,n@x.org,Abgegeben,,-
"""


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Course:
    course = make_course(tmp_path_factory.mktemp("course"))
    course.handed_in.mkdir()
    for name, text in (
        ("lovelaceada_101_5001_hw.py", RIGHT),
        ("brownbob_102_5002_hw.py", HALVED),
        ("odd_777_5003_hw.py", RIGHT),
    ):
        (course.handed_in / name).write_text(text, encoding="utf-8")
    grade_batch(
        course.rubric,
        find_submissions([course.handed_in]),
        output=course.output,
        roster=[Enrolled(id="b-2", name="brownbob")],
        options=BatchOptions(allow_unconfined=True),
    )
    return course


def filled(course: Course, kind: str, text: str, column: str) -> list[list[str]]:
    table, into = course.root / f"{kind}.csv", course.root / f"{kind}_filled.csv"
    table.write_text(text, encoding="utf-8")
    place = [str(course.rubric), str(course.output), str(table)]

    code = run(["fill", kind, *place, "--column", column, "-o", str(into)])

    assert code == 0
    with into.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def test_canvas_finds_its_students_by_the_numbers_in_its_download(
    graded: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = filled(graded, "canvas", FROM_CANVAS, "Tiny (4711)")

    assert [(row[1], row[-1]) for row in rows[1:]] == [("101", "9"), ("102", "7")]
    assert "left out, no row is theirs: odd-777" in capsys.readouterr().err


def test_moodle_finds_its_students_whatever_its_language(graded: Course) -> None:
    rows = filled(graded, "moodle", FROM_MOODLE, "Bewertung")

    assert [row[4] for row in rows[1:]] == ["9", ""]


def test_brightspace_is_given_the_ids_of_the_roster(graded: Course) -> None:
    into = graded.root / "brightspace.csv"
    place = [str(graded.rubric), str(graded.output), "--column", "Tiny"]

    assert run(["fill", "brightspace", *place, "-o", str(into)]) == 0
    assert "b-2,7,#" in into.read_text(encoding="utf-8")


def test_a_table_that_is_none_of_the_platforms_is_refused(
    graded: Course, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "table.csv"
    table.write_bytes("Name,Pünkte".encode("utf-16"))
    place = [str(graded.rubric), str(graded.output), str(table)]

    assert run(["fill", "canvas", *place, "--column", "x"]) == 2
    assert "this is not UTF-8" in capsys.readouterr().err
