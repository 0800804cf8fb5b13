from datetime import timedelta
from pathlib import Path

import pytest

from grader.errors import RubricFaults
from grader.load.handed import Handed
from grader.load.roster import (
    LARGEST_ROSTER_BYTES,
    Enrolled,
    match_roster,
    read_roster,
)


def roster(folder: Path, text: str) -> tuple[Enrolled, ...]:
    path = folder / "roster.csv"
    path.write_bytes(text.encode())
    return read_roster(path)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("id,name,extension\n7,Ada,48 h\n", id="commas"),
        pytest.param("id;name;extension\r\n7;Ada;48 h\r\n", id="semicolons"),
        pytest.param("\ufeffid,name,extension\n7,Ada,48 h\n", id="byte order mark"),
        pytest.param("ID, Name ,Extension\n 7 , Ada , 48h \n\n,,\n", id="blanks"),
        pytest.param(
            "Name,SID,Section,Extension\nAda,7,A,2 days\n", id="other columns"
        ),
        pytest.param('id,name,extension\n"7","Ada","2 d"\n', id="quotes"),
    ],
)
def test_a_roster_is_read_as_tables_write_it(tmp_path: Path, text: str) -> None:
    (ada,) = roster(tmp_path, text)

    assert (ada.id, ada.name, ada.extension) == ("7", "Ada", timedelta(hours=48))


def test_an_extension_may_be_a_date(tmp_path: Path) -> None:
    (ada,) = roster(tmp_path, "id,extension\n7,2026-12-13T23:59+01:00\n")

    assert ada.due is not None
    assert ada.due.isoformat() == "2026-12-13T23:59:00+01:00"


@pytest.mark.parametrize(
    ("text", "what"),
    [
        pytest.param("", "no column is called id; there are: none", id="empty"),
        pytest.param("name\nAda\n", ":1: no column is called id", id="no id"),
        pytest.param("id,id\n1,2\n", ":1: two columns", id="two ids"),
        pytest.param("id,name\n,Ada\n", ":2: this student has no id", id="blank id"),
        pytest.param("id\n7\n8\n7\n", ":4: the id '7' stands on line 2", id="twice"),
        pytest.param("id,extension\n7,soon\n", ":2: 'soon' is no extension", id="soon"),
        pytest.param("id,extension\n7,999 d\n", "no extension", id="three years"),
        pytest.param("id,extension\n7,2026-12-13\n", "no extension", id="no time zone"),
        pytest.param('id\n"7\n', "no CSV", id="open quote"),
        pytest.param("id\n7\x00\n8", "no text", id="NUL"),
    ],
)
def test_a_wrong_roster_is_told_with_its_line(
    tmp_path: Path, text: str, what: str
) -> None:
    with pytest.raises(RubricFaults, match=what):
        roster(tmp_path, text)


def test_every_fault_of_a_roster_is_told(tmp_path: Path) -> None:
    with pytest.raises(RubricFaults, match="no id") as caught:
        roster(tmp_path, "id,extension\n,1 h\n7,soon\n8,\n")

    assert len(caught.value.faults) == 2


@pytest.mark.parametrize(
    ("content", "what"),
    [
        pytest.param(b"id\n\xff\n", "not UTF-8", id="Latin-1"),
        pytest.param(b"id\n" * LARGEST_ROSTER_BYTES, "MiB", id="large"),
        pytest.param(b"id\n" + b"1\n" * 20_000, "20000 lines", id="long"),
    ],
)
def test_what_is_no_roster_is_refused(
    tmp_path: Path, content: bytes, what: str
) -> None:
    path = tmp_path / "roster.csv"
    path.write_bytes(content)

    with pytest.raises(RubricFaults, match=what):
        read_roster(path)


def test_a_roster_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(RubricFaults, match="cannot be opened"):
        read_roster(tmp_path / "roster.csv")


CLASS = (
    Enrolled(id="7", name="Ada Example", email="ada@example.org"),
    Enrolled(id="8", name="Bo Example"),
    Enrolled(id="9", name="Bo Example"),
)


@pytest.mark.parametrize(
    ("known_as", "student"),
    [
        pytest.param(("7",), "7", id="by id"),
        pytest.param(("ADA@example.org",), "7", id="by address"),
        pytest.param(("ada example",), "7", id="by name"),
        pytest.param(("8", "Ada Example"), "8", id="an id before a name"),
        pytest.param(("Bo Example",), None, id="a name that two bear"),
        pytest.param(("nobody",), None, id="unknown"),
    ],
)
def test_a_submission_finds_its_student(
    known_as: tuple[str, ...], student: str | None
) -> None:
    handed = Handed(id="x", name="x", path=Path("x"), known_as=known_as)

    matched = match_roster([handed], CLASS)

    assert (matched["x"].id if "x" in matched else None) == student
