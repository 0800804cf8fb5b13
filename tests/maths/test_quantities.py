"""Numbers with units."""

from fractions import Fraction

import pytest

from grader.maths.finding import Truth
from grader.maths.numbers import EXACT, Tolerance
from grader.maths.questions.quantities import (
    compare_figures,
    compare_quantities,
    in_base_units,
)
from grader.maths.questions.units import units
from grader.maths.reading import read_python

PERCENT = Tolerance(relative=Fraction(1, 100))


@pytest.mark.parametrize(
    ("expected", "given", "reason"),
    [
        pytest.param("2.00*km/h", "0.556*m/s", "", id="converted"),
        pytest.param("2.00*km/h", "0.56*m/s", "too-far", id="converted too roughly"),
        pytest.param("10.5*kg*m/s**2", "10.5*N", "", id="derived unit"),
        pytest.param("10.5*N", "10.5*J", "other-dimensions", id="another quantity"),
        pytest.param("10.5*N", "10.5", "unit-missing", id="unit forgotten"),
        pytest.param("10.5", "10.5*N", "unit-superfluous", id="unit invented"),
        pytest.param("1*km", "1000*m", "", id="prefix"),
        pytest.param("1*km", "100*m", "too-far", id="prefix misread"),
        pytest.param("7.5*kW", "7.5*k*W", "", id="prefix apart from its unit"),
        pytest.param("7.5*W", "7.5*k*W", "too-far", id="prefix apart, one side only"),
        pytest.param("7.5*mW", "7.5*m*W", "other-dimensions", id="metre, not milli"),
    ],
)
def test_the_unit_is_judged_before_the_number(
    expected: str, given: str, reason: str
) -> None:
    finding = compare_quantities(read_python(expected), read_python(given), EXACT)

    assert finding.equal is not bool(reason)
    assert not reason or finding.reason == reason


def test_a_strict_question_allows_no_conversion() -> None:
    expected, given = read_python("0.4*l"), read_python("400*ml")

    assert compare_quantities(expected, given, PERCENT).equal
    strict = compare_quantities(expected, given, PERCENT, same_units=True)
    assert strict.reason == "other-unit"


def test_an_absolute_tolerance_is_meant_in_the_expected_unit() -> None:
    metres = Tolerance(absolute=Fraction(5))
    expected = read_python("2300*mm")

    assert compare_quantities(expected, read_python("2.304*m"), metres).equal
    assert compare_quantities(expected, read_python("2.31*m"), metres).different


@pytest.mark.parametrize(
    ("given", "truth"),
    [
        pytest.param("9.81*m/s**2", Truth.EQUAL, id="three figures"),
        pytest.param("9.8*m/s**2", Truth.DIFFERENT, id="two figures"),
        pytest.param("9.82*m/s**2", Truth.DIFFERENT, id="last figure wrong"),
        pytest.param("981*cm/s**2", Truth.EQUAL, id="in centimetres"),
    ],
)
def test_figures_are_counted_on_the_number_alone(given: str, truth: Truth) -> None:
    expected = read_python("9.81*m/s**2")

    assert compare_figures(expected, read_python(given), (3, 3)).truth is truth


def test_unlike_things_cannot_be_added() -> None:
    finding = compare_quantities(read_python("1*m"), read_python("1*m + 1*s"), PERCENT)

    assert finding.truth is Truth.UNKNOWN


def test_the_same_dimensions_are_brought_to_one_base() -> None:
    one, other = in_base_units(read_python("5*Hz"), read_python("3*m"))

    assert (one, other) == (read_python("5*Hz"), read_python("3*m"))


def test_a_prefix_never_takes_the_place_of_a_unit_with_its_own_name() -> None:
    table = units()

    assert table["min"].scale == 60
    assert table["kg"].scale == 1
    assert table["mm"].scale == Fraction(1, 1000)
    assert table["Pa"].scale == 1
