"""Expected number and given numeral -> right to so many figures, places or digits?"""

from grader.maths.finding import Finding, Truth, unknown
from grader.maths.numbers import (
    agree_to_figures,
    agree_to_places,
    is_a_rounding,
    same_digits,
)
from grader.maths.questions.measuring import exact_value
from grader.maths.readers.figures import figures_of
from grader.maths.tree import Tree


def judge_figures(
    expected: Tree, given: Tree, figures: tuple[int, int], *, strict: bool = False
) -> Finding:
    """Return whether *given* has so many figures, and is right to so many.

    The second number may be zero (only the count matters) or negative (more figures
    than asked for are fine). Trailing zeros of a whole number may be meant or not;
    when *strict*, they are not.
    """
    written = figures_of(given)
    if written is None:
        return _different("no-number")
    asked, right = figures
    enough = written.may_be(asked)
    if strict:
        enough = asked == written.fewest
    if right < 0:
        enough, right = written.most >= asked, asked
    if not enough:
        return _different("figures")
    if right == 0:
        return _told("", holds=True)
    value = exact_value(expected)
    if value is None:
        return unknown("no-number-expected")
    return _told("too-far", holds=agree_to_figures(value, written.value, right))


def judge_places(expected: Tree, given: Tree, places: int) -> Finding:
    """Return whether *given* has so many decimal places, and they are right."""
    written, value = figures_of(given), exact_value(expected)
    if written is None:
        return _different("no-number")
    if value is None:
        return unknown("no-number-expected")
    if written.places != places:
        return _different("places")
    return _told("too-far", holds=agree_to_places(value, written.value, places))


def judge_digits(expected: Tree, given: Tree, figures: int) -> Finding:
    """Return whether the leading digits are right, wherever the point stands."""
    values = exact_value(expected), exact_value(given)
    if values[0] is None or values[1] is None:
        return unknown("no-number")
    return _told("other-digits", holds=same_digits(values[0], values[1], figures))


def judge_rounding(
    expected: Tree, given: Tree, places: tuple[int, int], *, truncation: bool = False
) -> Finding:
    """Return whether *given* is a rounding to so many places, or to some more.

    With *truncation*, digits may also have been cut off.
    """
    written, value = figures_of(given), exact_value(expected)
    if written is None or value is None:
        return unknown("no-number")
    asked, more = places
    shown = min(max(written.places, asked), asked + more)
    holds = is_a_rounding(value, written.value, shown, truncation=truncation)
    return _told("not-a-rounding", holds=holds)


def _different(reason: str) -> Finding:
    return Finding(truth=Truth.DIFFERENT, method="exact", reason=reason)


def _told(reason: str, *, holds: bool) -> Finding:
    agreed = Finding(truth=Truth.EQUAL, method="exact")
    return agreed if holds else _different(reason)
