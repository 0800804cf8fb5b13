"""What an array may be turned by where the rubric leaves it free, and nothing more."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from grader.compare.array import compare_values
from grader.compare.boxes import value_of
from grader.compare.buffer import Box
from grader.compare.comparator import Question
from grader.compare.freedom import aligned
from grader.model.rubric import Criterion
from grader.model.verdict import Outcome

vectors = arrays.arrays(
    np.float64, 3, elements=st.floats(-100, 100).map(lambda x: round(x, 3))
)


def outcome(expected: Box, answer: Box, *freedoms: str) -> Outcome:
    criterion = Criterion.model_validate(
        {
            "points": 1,
            "answer": "v",
            "kind": "array",
            "up_to": freedoms,
            "tolerance": {"absolute": 1e-9},
        }
    )
    found = compare_values(
        value_of(expected), value_of(answer), Question(criterion=criterion)
    )
    return found.outcome


@pytest.mark.parametrize(
    ("freedom", "expected", "answer"),
    [
        pytest.param("sign", [1, 2], [-1, -2], id="an eigenvector turned round"),
        pytest.param(
            "sign", [[1, 0], [0, 1]], [[-1, 0], [0, 1]], id="one column turned round"
        ),
        pytest.param("scale", [1, 2], [10, 20], id="an eigenvector not normalised"),
        pytest.param("shift", [0, 1, 2], [5, 6, 7], id="logits at another level"),
        pytest.param("labels", [0, 0, 1, 2], [2, 2, 0, 1], id="clusters renamed"),
        pytest.param(
            "span", [[1, 0], [0, 1], [0, 0]], [[1, 1], [1, -1], [0, 0]], id="a basis"
        ),
        pytest.param("order", [1, 2, 3], [3, 1, 2], id="roots in another order"),
    ],
)
def test_a_freedom_forgives_what_it_says_and_only_when_declared(
    freedom: str, expected: list[float], answer: list[float]
) -> None:
    right, found = np.array(expected, dtype=float), np.array(answer, dtype=float)

    assert outcome(right, found) is Outcome.INCORRECT
    assert outcome(right, found, freedom) is Outcome.CORRECT


@pytest.mark.parametrize(
    ("freedom", "expected", "answer"),
    [
        pytest.param("scale", [1, 2], [0, 0], id="the zero vector has no direction"),
        pytest.param("scale", [1, 2], [2, 1], id="another direction"),
        pytest.param("labels", [0, 0, 1], [5, 5, 5], id="two clusters merged"),
        pytest.param("labels", [0, 0, 1], [1, 2, 0], id="a cluster split"),
        pytest.param(
            "span", [[1, 0], [0, 1], [0, 0]], [[1, 2], [0, 0], [0, 0]], id="rank lost"
        ),
        pytest.param("shift", [0, 1, 2], [0, 1, 3], id="not one constant"),
        pytest.param("order", [1, 2, 2], [1, 1, 2], id="multiplicities"),
    ],
)
def test_a_freedom_forgives_nothing_else(
    freedom: str, expected: list[float], answer: list[float]
) -> None:
    right, found = np.array(expected, dtype=float), np.array(answer, dtype=float)

    assert outcome(right, found, freedom) is Outcome.INCORRECT


@given(
    v=vectors,
    w=vectors,
    freedom=st.sampled_from(["sign", "scale", "shift", "labels", "order", "span"]),
)
def test_aligning_keeps_what_agrees_and_never_raises(
    v: Box, w: Box, freedom: str
) -> None:
    assert np.allclose(aligned(v, v, freedom), v, rtol=1e-9, atol=1e-12)
    assert aligned(v, w, freedom).shape == w.shape
