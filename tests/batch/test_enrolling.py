"""Who is in the class: what was handed in, and who of the roster handed nothing in."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

from grader.batch.enrolling import enrol
from grader.batch.roll import RollRow, joined, read_roll, write_roll
from grader.load.handed import Handed
from grader.load.roster import Enrolled

DUE = datetime(2026, 12, 13, 23, 59, tzinfo=UTC)
ADA = Handed(id="ada", name="ada", path=Path("ada.ipynb"), known_as=("ada",))


def test_the_roster_gives_names_and_more_time() -> None:
    student = Enrolled(id="ada", name="Ada L", extension=timedelta(hours=48))

    rows = enrol([ADA], [student])

    assert [(row.student_name, row.extension(DUE)) for row in rows] == [
        ("Ada L", timedelta(hours=48))
    ]


def test_a_due_date_of_ones_own_counts_from_the_common_one() -> None:
    student = Enrolled(id="ada", due=DUE + timedelta(days=3))

    rows = enrol([ADA], [student])

    assert rows[0].extension(DUE) == timedelta(days=3)


def test_whoever_handed_nothing_in_has_a_row() -> None:
    rows = enrol([ADA], [Enrolled(id="ada"), Enrolled(id="bob", name="Bob B")])

    assert [(row.submission, row.path, row.student_name) for row in rows[1:]] == [
        ("bob", "", "Bob B")
    ]


def test_whoever_is_on_no_roster_keeps_a_row() -> None:
    rows = enrol([ADA], [Enrolled(id="bob")])

    assert {row.submission for row in rows} == {"ada", "bob"}


GROUP = Handed(
    id="bob",
    name="Bob, Eve",
    path=Path("submission_7"),
    known_as=("bob", "eve@x.org", "submission_7"),
    people=(("bob",), ("eve@x.org", "Eve")),
    submitted=DUE,
)


def test_each_member_of_a_group_has_what_the_group_handed_in() -> None:
    eve = Enrolled(id="9", email="eve@x.org", extension=timedelta(hours=48))

    rows = enrol([GROUP], [Enrolled(id="bob"), eve])

    assert [(row.submission, row.record, row.submitted) for row in rows] == [
        ("bob", "bob", DUE),
        ("9", "bob", DUE),
    ]
    assert rows[1].extension(DUE) == timedelta(hours=48)


def test_a_group_shares_with_its_own_members_alone() -> None:
    rows = enrol([GROUP], [Enrolled(id="bob"), Enrolled(id="cy", name="Cy")])

    assert rows[1].shares == ""


def test_whoever_handed_in_alone_has_their_own_work() -> None:
    eve = Handed(id="eve", name="Eve", path=Path("eve.py"), known_as=("9",))

    rows = enrol([GROUP, eve], [Enrolled(id="bob"), Enrolled(id="9", name="Eve")])

    assert [row.record for row in rows] == ["bob", "eve"]


def test_an_absent_student_takes_nobodys_id() -> None:
    other = Handed(id="bob", name="robert", path=Path("bob.ipynb"))

    rows = enrol([other], [Enrolled(id="BOB!")])

    assert len({row.submission for row in rows}) == len(rows)


def test_a_roll_is_read_as_it_was_written(tmp_path: Path) -> None:
    row = RollRow(
        submission="ada", path="x/ada.py", submitted=DUE, due=DUE, remarks=("late",)
    )

    write_roll(tmp_path / "roll.json", [row])

    assert read_roll(tmp_path / "roll.json") == (row,)


def test_a_roll_from_before_groups_is_read(tmp_path: Path) -> None:
    path = tmp_path / "roll.json"
    write_roll(path, [RollRow(submission="ada", path="ada.py")])
    content = json.loads(path.read_text(encoding="utf-8"))
    for name in ("shares", "known_as"):
        del content["rows"][0][name]
    path.write_text(json.dumps(content), encoding="utf-8")

    assert read_roll(path) == (RollRow(submission="ada", path="ada.py"),)


def test_a_later_row_stands_for_an_earlier_one() -> None:
    old, new = RollRow(submission="ada", path="1"), RollRow(submission="ada", path="2")

    assert joined([old, RollRow(submission="bob")], [new]) == (
        new,
        RollRow(submission="bob"),
    )


def test_what_a_roster_said_stays_without_one() -> None:
    old = RollRow(submission="ada", student_id="ada", extension_seconds=60)

    (row,) = joined([old], [RollRow(submission="ada", path="again")])

    assert (row.path, row.extension_seconds) == ("again", 60)
