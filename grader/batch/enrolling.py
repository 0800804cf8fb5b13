"""What was handed in and the roster -> the rows of the class, non-submitters' too."""

from collections.abc import Sequence

from grader.batch.roll import RollRow
from grader.load.handed import Handed
from grader.load.identity import assign_ids
from grader.load.roster import Enrolled, match_roster


def enrol(
    handed: Sequence[Handed], roster: Sequence[Enrolled] = ()
) -> tuple[RollRow, ...]:
    """Return a row for each of *handed*, and for each of *roster* who is not there.

    The roster gives names and more time; a submission of somebody who is not on it
    keeps its own name.
    """
    matched = match_roster(handed, roster)
    there = {student.id for student in matched.values()}
    absent = [student for student in roster if student.id not in there]
    return (
        *(_row(one, matched.get(one.id)) for one in handed),
        *_absent_rows(absent, taken={one.id for one in handed}),
    )


def _row(handed: Handed, student: Enrolled | None) -> RollRow:
    return RollRow(
        submission=handed.id,
        path=str(handed.path),
        student_id=student.id if student else "",
        student_name=(student.name if student else "") or handed.name,
        submitted=handed.submitted,
        extension_seconds=round(student.extension.total_seconds()) if student else 0,
        due=student.due if student else None,
        remarks=handed.remarks,
    )


def _absent_rows(absent: Sequence[Enrolled], *, taken: set[str]) -> list[RollRow]:
    keys = [student.id for student in absent]
    ids = assign_ids(keys, apart=keys)
    return [
        RollRow(
            submission=word if word not in taken else f"{word}-absent",
            student_id=student.id,
            student_name=student.name or student.id,
        )
        for word, student in zip(ids, absent, strict=True)
    ]
