"""Drawn inputs: keyed, apart by purpose, and within what was declared."""

import itertools
import math
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.errors import RubricError
from grader.expect.draw import draw_inputs, listed
from grader.model.answer import Array, Sequence, Value
from grader.model.rubric import Assignment


def assignment(seed: int = 1, **inputs: object) -> Assignment:
    part = {
        "id": "1a",
        "points": 1,
        "answer": "f",
        "kind": "function",
        "inputs": inputs,
    }
    return Assignment.model_validate(
        {
            "schema": 1,
            "assignment": "a",
            "title": "A",
            "reference": "r.py",
            "run": {"seed": seed},
            "questions": [{"id": "1", "parts": [part]}],
        }
    )


def drawn(
    of: Assignment, purpose: str = "grading"
) -> tuple[tuple[tuple[str, Value], ...], ...]:
    part = of.parts[0]
    return draw_inputs(of, part, part.criteria[0], purpose)  # type: ignore[arg-type]


def numbers(value: Value) -> tuple[float, ...]:
    assert isinstance(value, Array)
    return struct.unpack(f"<{len(value.buffer) // 8}d", value.buffer)


def test_the_same_rubric_asks_the_same_everywhere() -> None:
    (first,), *_ = drawn(assignment(x={"low": 0, "high": 1}))

    assert first == ("x", 0.281293920784648)


def test_another_seed_asks_elsewhere() -> None:
    one, two = (drawn(assignment(seed, x={})) for seed in (1, 2))

    assert not set(one) & set(two)


def test_points_of_different_purposes_never_coincide() -> None:
    points = [
        set(drawn(assignment(x={}), purpose))
        for purpose in ("grading", "feedback", "selfcheck")
    ]

    assert not any(a & b for a, b in itertools.combinations(points, 2))


def test_listed_inputs_are_grading_points_and_nothing_else() -> None:
    of = assignment(x={"values": [0, 1]})

    assert (len(drawn(of)), drawn(of, "feedback")) == (2, ())


@given(low=st.floats(-1e6, 1e6), width=st.floats(1e-3, 1e6))
def test_uniform_numbers_lie_in_their_range(low: float, width: float) -> None:
    points = drawn(assignment(x={"low": low, "high": low + width}))

    values = [value for ((_, value),) in points]
    assert all(isinstance(v, float) and low <= v <= low + width for v in values)


def test_a_simplex_sums_to_one_along_its_last_axis() -> None:
    points = drawn(assignment(p={"draw": "simplex", "shape": [2, 4]}))

    for ((_, value),) in points:
        row = numbers(value)
        assert math.isclose(sum(row[:4]), 1)
        assert math.isclose(sum(row[4:]), 1)


def test_an_orthogonal_matrix_keeps_lengths() -> None:
    (((_, value),), *_) = drawn(assignment(q={"draw": "orthogonal", "shape": [3, 3]}))

    q = numbers(value)
    dots = [
        sum(q[3 * i + k] * q[3 * j + k] for k in range(3))
        for i in range(3)
        for j in range(3)
    ]
    assert dots == pytest.approx([1, 0, 0, 0, 1, 0, 0, 0, 1])


def test_a_positive_definite_matrix_is_symmetric_with_positive_minors() -> None:
    (((_, value),), *_) = drawn(
        assignment(s={"draw": "positive_definite", "shape": [2, 2]})
    )

    a, b, c, d = numbers(value)
    assert b == pytest.approx(c)
    assert a > 0
    assert a * d - b * c > 0


def test_whole_numbers_stay_whole() -> None:
    points = drawn(assignment(n={"draw": "integers", "low": 2, "high": 5}))

    assert {value for ((_, value),) in points} <= {2, 3, 4, 5}


@pytest.mark.parametrize(
    ("value", "match"),
    [
        pytest.param([[1, 2], [3]], "rows of .* differ", id="ragged rows"),
        pytest.param({"a": 1}, "nothing that a function can be given", id="a mapping"),
    ],
)
def test_listed_inputs_that_no_function_takes_are_refused(
    value: object, match: str
) -> None:
    with pytest.raises(RubricError, match=match):
        listed(value)


def test_a_list_of_words_stays_a_list() -> None:
    assert listed(["red", [1, "two"]]) == Sequence(
        kind="list", items=("red", Sequence(kind="list", items=(1, "two")))
    )
