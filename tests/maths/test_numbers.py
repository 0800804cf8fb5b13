"""Tolerances, significant figures, decimal places."""

from fractions import Fraction

import pytest
from flint import arb

from grader.maths.finding import Truth
from grader.maths.numbers import (
    Tolerance,
    agree_to_figures,
    agree_to_places,
    compare_balls,
    is_a_rounding,
    magnitude,
    near,
    same_digits,
    ulps_apart,
)
from grader.maths.readers.figures import read_figures

CENT = Tolerance(absolute=Fraction(1, 100))
PERCENT = Tolerance(relative=Fraction(1, 100))
PI = Fraction("3.14159265358979")


@pytest.mark.parametrize(
    ("text", "fewest", "most", "places"),
    [
        pytest.param("100", 1, 3, 0, id="trailing zeros of a whole number"),
        pytest.param("100.", 3, 3, 0, id="a point makes them count"),
        pytest.param("0.0010", 2, 2, 4, id="leading zeros never count"),
        pytest.param("1.23e-3", 3, 3, 5, id="power of ten"),
        pytest.param("0", 1, 1, 0, id="zero"),
        pytest.param("0.00", 2, 2, 2, id="zero with places"),
        pytest.param("5.3e22", 2, 2, 0, id="large power"),
    ],
)
def test_figures_are_counted_as_they_were_typed(
    text: str, fewest: int, most: int, places: int
) -> None:
    figures = read_figures(text)

    assert figures is not None
    assert (figures.fewest, figures.most, figures.places) == (fewest, most, places)


@pytest.mark.parametrize("text", ["", ".", "e5", "1e99999", "one", "1,5"])
def test_what_is_no_numeral_has_no_figures(text: str) -> None:
    assert read_figures(text) is None


@pytest.mark.parametrize(
    ("expected", "given", "tolerance", "within"),
    [
        pytest.param("100", "101", PERCENT, True, id="at the edge"),
        pytest.param("100", "101.01", PERCENT, False, id="past the edge"),
        pytest.param("101", "100", PERCENT, True, id="of the expected, not the given"),
        pytest.param("0", "0.001", PERCENT, False, id="relative to zero is nothing"),
        pytest.param("0", "0.001", CENT, True, id="absolute helps at zero"),
        pytest.param("1e-30", "2e-30", PERCENT, False, id="tiny numbers"),
    ],
)
def test_the_expected_number_alone_scales_the_tolerance(
    expected: str, given: str, tolerance: Tolerance, *, within: bool
) -> None:
    assert near(Fraction(expected), Fraction(given), tolerance) is within


def test_the_sign_is_named_when_only_it_is_wrong() -> None:
    finding = compare_balls(arb(2), arb(-2), CENT)

    assert finding.truth is Truth.DIFFERENT
    assert finding.reason == "opposite-sign"


def test_wide_balls_are_not_judged() -> None:
    wide = arb(2, 1)

    assert compare_balls(wide, arb(2), CENT).truth is Truth.UNKNOWN


def test_numbers_that_are_not_finite_are_not_near_anything() -> None:
    assert compare_balls(arb.nan(), arb(1), CENT).truth is Truth.UNKNOWN
    assert compare_balls(arb.pos_inf(), arb.pos_inf(), CENT).truth is Truth.UNKNOWN


@pytest.mark.parametrize(
    ("given", "figures", "agree"),
    [
        pytest.param("3.14", 3, True, id="rounded"),
        pytest.param("3.15", 3, False, id="last figure off"),
        pytest.param("-3.14", 3, False, id="sign"),
        pytest.param("31.4", 3, False, id="power of ten"),
    ],
)
def test_figures_agree_when_both_round_alike(
    given: str, figures: int, *, agree: bool
) -> None:
    assert agree_to_figures(PI, Fraction(given), figures) is agree


def test_places_round_halves_away_from_zero() -> None:
    assert agree_to_places(Fraction("2.5"), Fraction(3), 0)
    assert agree_to_places(Fraction("-2.5"), Fraction(-3), 0)
    assert not agree_to_places(Fraction("2.5"), Fraction(2), 0)


def test_a_cut_off_decimal_counts_only_where_truncation_is_allowed() -> None:
    cut = Fraction("3.141")

    assert not is_a_rounding(PI, cut, 3)
    assert is_a_rounding(PI, cut, 3, truncation=True)
    assert is_a_rounding(PI, Fraction("3.142"), 3)


def test_the_digits_may_be_right_although_the_point_is_not() -> None:
    assert same_digits(Fraction("3.14"), Fraction("31.4"), 3)
    assert not same_digits(Fraction("3.14"), Fraction("31.5"), 3)


@pytest.mark.parametrize(
    ("value", "power"), [("345", 2), ("0.00345", -3), ("1", 0), ("0.1", -1), ("0", 0)]
)
def test_the_magnitude_is_the_power_of_the_leading_digit(
    value: str, power: int
) -> None:
    assert magnitude(Fraction(value)) == power


def test_neighbouring_floats_are_one_apart_even_across_zero() -> None:
    assert ulps_apart(1.0, 1.0) == 0
    assert ulps_apart(1.0, 1.0 + 2**-52) == 1
    assert ulps_apart(-5e-324, 5e-324) == 2
