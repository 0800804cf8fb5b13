"""An output folder, a rubric's due date and a time -> what students' pages show.

What a person told stands until they tell something else. Until then the clock decides:
once nobody can hand in any more, what is visible `after_due_date` is shown; published
is what a person publishes. A rubric without a due date is graded when the class has
handed in, so its date is past.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

from grader.batch.roll import RollRow
from grader.errors import GraderError
from grader.export.atomic import write_atomically
from grader.model.phase import Phase
from grader.model.rubric import LatePolicy


class PhaseError(GraderError):
    """An output folder's phase cannot be read; telling it again mends it."""


def write_phase(path: Path, phase: Phase) -> None:
    """Keep *phase* at *path*, for every later command on this folder."""
    write_atomically(path, f"{phase}\n")


def read_phase(path: Path) -> Phase | None:
    """Return the phase that a person told, or None where nobody did.

    Raises:
        PhaseError: the file does not say one.
    """
    if not path.exists():
        return None
    try:
        return Phase(path.read_text(encoding="utf-8").strip())
    except (OSError, ValueError) as error:
        raise PhaseError(
            where=str(path),
            what=f"it does not say what students see: {error}",
            mend=f"delete it, or write one of {', '.join(Phase)} into it",
        ) from error


def phase_at(
    policy: LatePolicy | None, rows: Iterable[RollRow], now: datetime
) -> Phase:
    """Return the phase that it is *now* by the due date, the last extension included."""
    if policy is None or policy.due is None:
        return Phase.AFTER_DUE
    accepted = max(timedelta(seconds=policy.grace), timedelta(days=policy.days))
    extensions = (row.extension(policy.due) for row in rows)
    last = policy.due + max(extensions, default=timedelta(0)) + accepted
    return Phase.AFTER_DUE if now > max(last, policy.due) else Phase.BEFORE_DUE
