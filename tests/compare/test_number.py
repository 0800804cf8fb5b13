"""A number against a number: named mistakes, then laws."""

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.compare.comparator import Question
from grader.compare.number import compare_numbers, compare_values
from grader.maths.tree import Constant, apply, number
from grader.model.answer import Array, Formula, Opaque, Sequence, Value
from grader.model.rubric import Criterion, Tolerance
from grader.model.verdict import Outcome

CENT = Tolerance(absolute=0.01, relative=0)
numbers = st.floats(allow_nan=True, allow_infinity=True)
tolerances = st.builds(
    Tolerance,
    absolute=st.floats(0, 1e9),
    relative=st.floats(0, 1, exclude_max=True),
)
values = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.complex_numbers(),
    st.text(max_size=20),
    st.builds(Sequence, kind=st.just("list"), items=st.tuples(st.floats())),
    st.just(Opaque(type_name="module", reason="not a value")),
    st.just(Array(dtype="<f8", shape=(0,), buffer=b"")),
)


def question(**options: object) -> Question:
    criterion = Criterion.model_validate({"points": 1, "answer": "g", **options})
    return Question(criterion=criterion)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        pytest.param(9.81, "agrees", id="exact"),
        pytest.param(9.82, "agrees", id="at the edge of the tolerance"),
        pytest.param(9.83, "too-far", id="past the edge"),
        pytest.param(-9.81, "opposite-sign", id="sign lost"),
        pytest.param(math.inf, "not-finite", id="divided by zero"),
        pytest.param(math.nan, "not-finite", id="nan in a comparison that negates"),
        pytest.param(9.81 + 1j, "complex-value", id="imaginary part kept"),
        pytest.param(9.81 + 0j, "agrees", id="complex by type alone"),
    ],
)
def test_the_reason_names_the_mistake(answer: complex, reason: str) -> None:
    assert compare_numbers(9.81, answer, CENT).reason == reason


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        pytest.param(True, "wrong-type", id="a bool is no number"),
        pytest.param(None, "wrong-type", id="None"),
        pytest.param("__import__('os')", "not-readable", id="code as text"),
        pytest.param("2*pi", "agrees", id="typed mathematics"),
        pytest.param(
            Formula(tree=apply("mul", number(2), Constant("pi"))),
            "agrees",
            id="an exact formula",
        ),
        pytest.param(10**400, "too-large", id="an integer past every float"),
        pytest.param(
            Array(dtype="<f8", shape=(), buffer=b"\x18-DT\xfb!\x19@"),
            "agrees",
            id="an array of no dimensions",
        ),
        pytest.param(
            Sequence(kind="list", items=(6.283185307179586,)),
            "wrong-type",
            id="a list around it",
        ),
    ],
)
def test_exact_types_decide_what_is_a_number(answer: Value, reason: str) -> None:
    verdict = compare_values(math.tau, answer, question())

    assert verdict.reason == reason


@pytest.mark.parametrize(
    ("options", "answer", "outcome"),
    [
        pytest.param(
            {"significant_figures": 3}, 3.142, Outcome.CORRECT, id="three figures"
        ),
        pytest.param(
            {"significant_figures": 3}, 3.15, Outcome.INCORRECT, id="third figure off"
        ),
        pytest.param({"decimal_places": 2}, 3.139, Outcome.CORRECT, id="rounds to it"),
        pytest.param(
            {"decimal_places": 2}, 3.134, Outcome.INCORRECT, id="rounds elsewhere"
        ),
    ],
)
def test_rounding_rules_take_the_place_of_distances(
    options: dict[str, int], answer: float, outcome: Outcome
) -> None:
    tolerance = Tolerance(relative=0, **options)

    assert compare_numbers(math.pi, answer, tolerance).outcome is outcome


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        pytest.param(4, Outcome.CORRECT, id="expected"),
        pytest.param(5.0, Outcome.CORRECT, id="accepted"),
        pytest.param("7", Outcome.CORRECT, id="accepted in words"),
        pytest.param(6, Outcome.INCORRECT, id="neither"),
    ],
)
def test_what_the_rubric_accepts_as_well_is_right(
    answer: Value, outcome: Outcome
) -> None:
    verdict = compare_values(4, answer, question(accept=(5, "7")))

    assert verdict.outcome is outcome


def test_a_complex_number_beyond_every_float_is_wrong_and_no_fault_of_ours() -> None:
    verdict = compare_values(1.0, complex(1.5e308, 1.5e308), question())

    assert verdict.reason == "complex-value"


@given(x=numbers, tolerance=tolerances)
def test_every_number_agrees_with_itself(x: float, tolerance: Tolerance) -> None:
    assert compare_numbers(x, x, tolerance).outcome is Outcome.CORRECT


@given(x=numbers, y=numbers, tolerance=tolerances, more=st.floats(0, 1e9))
def test_a_wider_tolerance_never_takes_credit_away(
    x: float, y: float, tolerance: Tolerance, more: float
) -> None:
    wider = Tolerance(absolute=tolerance.absolute + more, relative=tolerance.relative)

    before = compare_numbers(x, y, tolerance).credit
    after = compare_numbers(x, y, wider).credit

    assert before <= after


@given(expected=values, answer=values)
def test_it_never_raises_and_credit_is_a_share(expected: Value, answer: Value) -> None:
    verdict = compare_values(expected, answer, question())

    assert 0 <= verdict.credit <= Fraction(1)


@given(x=st.floats(allow_nan=False, allow_infinity=False), scale=st.floats(1.1, 1e6))
def test_the_given_value_never_scales_its_own_tolerance(x: float, scale: float) -> None:
    tolerance = Tolerance(absolute=0, relative=0.05)
    given_value = x * scale

    verdict = compare_numbers(x, given_value, tolerance)

    near = math.isfinite(given_value) and abs(given_value - x) <= 0.05 * abs(x)
    assert (verdict.outcome is Outcome.CORRECT) == near
