"""An output folder and an assignment -> whether the one holds the other's grading."""

from itertools import islice
from typing import Final

from grader.batch.attending import recorded
from grader.batch.folder import OutputFolder
from grader.errors import RubricError
from grader.model.rubric import Assignment

RECORDS_LOOKED_AT: Final = 5  # the first that can be read tells


def check_belongs(folder: OutputFolder, assignment: Assignment) -> None:
    """Refuse to put an assignment's grades where another one's are.

    Raises:
        RubricError: *folder* holds the records of another assignment.
    """
    some = islice(sorted(folder.records.glob("*.json")), RECORDS_LOOKED_AT)
    found = (recorded(path, answers=False) for path in some)
    first = next((record for record in found if record is not None), None)
    if first is None or first.scorecard.assignment == assignment.assignment:
        return
    other = first.scorecard.assignment
    raise RubricError(
        where=str(folder.root),
        what=f"the grades of {other!r} are kept here, not those of "
        f"{assignment.assignment!r}",
        mend="name another folder; or, if the assignment was renamed, grade it anew "
        "with --fresh",
    )
