"""Answers that are right up to something that nobody asked about."""

import pytest

from grader.maths.finding import Truth
from grader.maths.forms.freedom import (
    compare_antiderivatives,
    compare_integrals,
    compare_transposed,
    compare_up_to_scale,
    compare_up_to_shift,
    compare_up_to_sign,
)
from grader.maths.forms.renaming import compare_renamed
from grader.maths.forms.types import fault_of_type, same_type
from grader.maths.reading import read_python


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        pytest.param("x**3/3 + c", "", id="constant added"),
        pytest.param("(x**3 + 3*k)/3", "", id="constant inside"),
        pytest.param("x**3/3", "constant-missing", id="constant missing"),
        pytest.param("x**3/3 + c**2", "constant-not-arbitrary", id="only upwards"),
        pytest.param("x**3/3 + a + b", "several-constants", id="two constants"),
    ],
)
def test_an_integral_needs_one_arbitrary_constant(given: str, reason: str) -> None:
    finding = compare_integrals(read_python("x**3/3"), read_python(given), "x")

    assert finding.equal is not bool(reason)
    assert not reason or finding.reason == reason


@pytest.mark.parametrize(
    ("given", "equal"),
    [
        pytest.param("log(Abs(x)) + c", True, id="with the size"),
        pytest.param("log(k*Abs(x))", True, id="constant in the logarithm"),
        pytest.param("log(x) + c", False, id="without the size"),
    ],
)
def test_the_size_inside_a_logarithm_is_part_of_the_integral(
    given: str, *, equal: bool
) -> None:
    expected = read_python("log(Abs(x))")

    assert compare_integrals(expected, read_python(given), "x").equal is equal


def test_antiderivatives_differ_by_a_constant_only() -> None:
    expected = read_python("x**3/3")

    assert compare_antiderivatives(expected, read_python("x**3/3 + 7"), "x").equal
    assert compare_antiderivatives(expected, read_python("x**3/3 + x"), "x").different


@pytest.mark.parametrize(
    ("given", "truth"),
    [
        pytest.param("[2*x, 4]", Truth.EQUAL, id="doubled"),
        pytest.param("[-x, -2]", Truth.EQUAL, id="turned"),
        pytest.param("[x, 3]", Truth.DIFFERENT, id="another direction"),
        pytest.param("[0, 0]", Truth.DIFFERENT, id="zero is no eigenvector"),
        pytest.param("[x, 2, 0]", Truth.DIFFERENT, id="longer"),
    ],
)
def test_an_eigenvector_may_be_scaled(given: str, truth: Truth) -> None:
    assert compare_up_to_scale(read_python("[x, 2]"), read_python(given)).truth is truth


def test_scores_may_be_shifted_all_by_the_same() -> None:
    expected = read_python("[x, y]")

    assert compare_up_to_shift(expected, read_python("[x + z, y + z]")).equal
    assert compare_up_to_shift(expected, read_python("[x + 1, y + 2]")).different


def test_a_sign_or_a_layout_may_be_free() -> None:
    matrix = read_python("Matrix([[1, x], [2, 3]])")
    turned = read_python("Matrix([[1, 2], [x, 3]])")

    assert compare_transposed(matrix, turned).equal
    assert compare_up_to_sign(read_python("x - y"), read_python("y - x")).equal
    assert compare_up_to_sign(read_python("x - y"), read_python("x + y")).different


@pytest.mark.parametrize(
    ("given", "truth"),
    [
        pytest.param("p*t + q", Truth.EQUAL, id="other letters"),
        pytest.param("b*x + a", Truth.EQUAL, id="same letters, other roles"),
        pytest.param("a*x + a", Truth.DIFFERENT, id="one letter for two things"),
        pytest.param("p*t**2 + q", Truth.DIFFERENT, id="another shape"),
    ],
)
def test_names_may_be_chosen_freely_but_stay_apart(given: str, truth: Truth) -> None:
    expected = read_python("a*x + b")

    assert compare_renamed(expected, read_python(given)).truth is truth


def test_names_that_are_fixed_keep_what_they_stand_for() -> None:
    expected, given = read_python("a*t"), read_python("b*x")

    assert compare_renamed(expected, given).equal
    assert not compare_renamed(expected, given, fixed=frozenset({"t", "x"})).equal


def test_lists_of_one_type_may_differ_in_length() -> None:
    assert same_type(read_python("[1, 2]"), read_python("[x, y, z]"))
    assert not same_type(read_python("[1, x]"), read_python("[1, Eq(x, 2)]"))
    assert not same_type(read_python("[1, 2]"), read_python("{1, 2}"))


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        pytest.param("1/0", "division-by-zero", id="1/0"),
        pytest.param("Interval({1}, 2)", "interval-of-sets", id="interval of sets"),
        pytest.param("Union(1, {2})", "union-of-numbers", id="union with a number"),
        pytest.param("x/y", "", id="may be fine"),
    ],
)
def test_what_has_no_value_is_said_to_have_none(text: str, fault: str) -> None:
    assert fault_of_type(read_python(text)) == fault
