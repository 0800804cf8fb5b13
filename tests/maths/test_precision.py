"""Numbers that were asked for to so many figures, places or digits."""

import pytest

from grader.maths.questions.precision import (
    judge_digits,
    judge_figures,
    judge_places,
    judge_rounding,
)
from grader.maths.reading import read_python

PI = read_python("pi")


@pytest.mark.parametrize(
    ("given", "figures", "reason"),
    [
        pytest.param("3.14", (3, 3), "", id="asked for three, given three"),
        pytest.param("3.142", (3, 3), "figures", id="one too many"),
        pytest.param("3.1", (3, 3), "figures", id="one too few"),
        pytest.param("3.15", (3, 3), "too-far", id="the last is wrong"),
        pytest.param("3.149", (4, 2), "", id="two have to be right"),
        pytest.param("9.99", (3, 0), "", id="none has to be right"),
        pytest.param("3.1416", (3, -1), "", id="at least three"),
        pytest.param("x", (3, 3), "no-number", id="no number"),
    ],
)
def test_figures_are_counted_first_and_then_compared(
    given: str, figures: tuple[int, int], reason: str
) -> None:
    finding = judge_figures(PI, read_python(given), figures)

    assert finding.equal is not bool(reason)
    assert finding.reason == reason


def test_trailing_zeros_count_only_where_nobody_is_strict() -> None:
    hundred = read_python("100")

    assert judge_figures(hundred, hundred, (3, 3)).equal
    assert judge_figures(hundred, hundred, (1, 1), strict=True).equal
    assert judge_figures(hundred, hundred, (3, 3), strict=True).different


def test_places_are_counted_after_the_point() -> None:
    assert judge_places(PI, read_python("3.14"), 2).equal
    assert judge_places(PI, read_python("3.142"), 2).reason == "places"
    assert judge_places(PI, read_python("3.15"), 2).reason == "too-far"


def test_digits_may_be_right_with_the_point_elsewhere() -> None:
    assert judge_digits(PI, read_python("31.4"), 3).equal
    assert judge_digits(PI, read_python("31.5"), 3).different


@pytest.mark.parametrize(
    ("given", "places", "truncation", "right"),
    [
        pytest.param("3.142", (3, 0), False, True, id="rounded"),
        pytest.param("3.141", (3, 0), False, False, id="cut off"),
        pytest.param("3.141", (3, 0), True, True, id="cut off, and that is fine"),
        pytest.param("3.1416", (3, 2), False, True, id="more places, and right"),
        pytest.param("3.1417", (3, 2), False, False, id="more places, and wrong"),
    ],
)
def test_a_rounding_may_carry_more_places_if_they_are_right(
    given: str, places: tuple[int, int], *, truncation: bool, right: bool
) -> None:
    finding = judge_rounding(PI, read_python(given), places, truncation=truncation)

    assert finding.equal is right
