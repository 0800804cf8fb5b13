"""Lateness: the minute before, the minute after, and the day that is too many."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest

from grader.model.rubric import LatePolicy
from grader.score.policy import lateness

DUE = datetime(2026, 12, 13, 23, 59, tzinfo=UTC)
POLICY = LatePolicy.model_validate(
    {"due": DUE, "grace": "5 min", "per_day": "1/10", "days": 2}
)


@pytest.mark.parametrize(
    ("after", "deducted"),
    [
        pytest.param(timedelta(minutes=-1), None, id="in time"),
        pytest.param(timedelta(minutes=5), None, id="the last minute of grace"),
        pytest.param(timedelta(minutes=6), 10, id="a started day is a day"),
        pytest.param(timedelta(days=1), 10, id="one day to the second"),
        pytest.param(timedelta(days=1, seconds=1), 20, id="a second day started"),
        pytest.param(timedelta(days=2, seconds=1), 100, id="too late to count"),
    ],
)
def test_what_lateness_takes(after: timedelta, deducted: int | None) -> None:
    late = lateness(POLICY, Fraction(100), DUE + after)

    assert (late.deducted if late else None) == deducted


def test_an_extension_moves_the_due_date() -> None:
    late = lateness(
        POLICY, Fraction(100), DUE + timedelta(days=1), extension=timedelta(days=1)
    )

    assert late is None
