"""When a submission came -> what its lateness takes away."""

import math
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Final

from grader.model.rubric import LatePolicy
from grader.model.score import Lateness

SECONDS_A_DAY: Final = 86_400


def lateness(
    policy: LatePolicy | None,
    possible: Fraction,
    submitted: datetime | None,
    *,
    extension: timedelta = timedelta(0),
) -> Lateness | None:
    """Return how late *submitted* is and what that costs, or None where it is in time.

    A started day counts as a whole one; the grace forgives, it does not move the due
    date. After the last accepted day nothing is left of the points.
    """
    if policy is None or policy.due is None or submitted is None:
        return None
    due = policy.due + extension
    seconds = (submitted - due).total_seconds()
    if seconds <= policy.grace:
        return None
    days = math.ceil(seconds / SECONDS_A_DAY)
    share = (
        Fraction(1) if days > policy.days else min(policy.per_day * days, Fraction(1))
    )
    return Lateness(submitted=submitted, due=due, days=days, deducted=possible * share)
