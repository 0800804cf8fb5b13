"""Scorecard -> the share of its points, for platforms that know no others."""

from fractions import Fraction

from grader.export.points import to_number
from grader.model.score import Scorecard

PLACES = 6


def share_of(scorecard: Scorecard) -> float:
    """Return what was earned as a number from 0 to 1; nothing of nothing is 0."""
    most = scorecard.possible
    if scorecard.cap is not None:
        most = min(most, scorecard.cap)
    if not most:
        return 0.0
    return to_number(min(scorecard.earned / most, Fraction(1)), places=PLACES)
