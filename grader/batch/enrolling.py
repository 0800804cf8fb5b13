"""What was handed in and the roster -> the rows of the class, non-submitters' too."""

from collections.abc import Sequence
from dataclasses import replace

from grader.batch.roll import RollRow
from grader.load.handed import Handed
from grader.load.identity import assign_ids
from grader.load.roster import Enrolled, match_partners, match_roster


def enrol(
    handed: Sequence[Handed], roster: Sequence[Enrolled] = ()
) -> tuple[RollRow, ...]:
    """Return a row for each of *handed*, and for each of *roster* who is not there.

    The roster gives names and more time; a submission of somebody who is not on it
    keeps its own name.
    """
    matched = match_roster(handed, roster)
    partners = match_partners(handed, roster)
    groups = {
        student.id: each for each in handed for student in partners.get(each.id, ())
    }
    there = {student.id for student in matched.values()}
    others = [student for student in roster if student.id not in there]
    rows = _other_rows(others, taken={one.id for one in handed})
    return (
        *(_row(one, matched.get(one.id)) for one in handed),
        *(_sharing(row, groups.get(row.student_id), roster) for row in rows),
    )


def _sharing(row: RollRow, group: Handed | None, roster: Sequence[Enrolled]) -> RollRow:
    """Let a member of a group have what the group handed in, and time of their own."""
    if group is None:
        return row
    student = next(one for one in roster if one.id == row.student_id)
    return replace(
        row,
        shares=group.id,
        submitted=group.submitted,
        extension_seconds=round(student.extension.total_seconds()),
        due=student.due,
        remarks=group.remarks,
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
        known_as=handed.known_as,
        remarks=handed.remarks,
    )


def _other_rows(others: Sequence[Enrolled], *, taken: set[str]) -> list[RollRow]:
    keys = [student.id for student in others]
    ids = assign_ids(keys, apart=keys)
    return [
        RollRow(
            submission=word if word not in taken else f"{word}-absent",
            student_id=student.id,
            student_name=student.name or student.id,
        )
        for word, student in zip(ids, others, strict=True)
    ]
