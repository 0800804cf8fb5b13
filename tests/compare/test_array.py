"""Arrays entry by entry: named mistakes, then laws."""

import struct
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from grader.compare.array import compare_arrays, compare_values
from grader.compare.boxes import value_of
from grader.compare.buffer import Box
from grader.compare.comparator import Question
from grader.maths.tree import Symbol, apply, number
from grader.model.answer import Array, Formula, Sequence, Value
from grader.model.rubric import Criterion, Tolerance
from grader.model.verdict import Outcome

RIGHT = np.array([[1.0, 2.0], [3.0, 4.0]])
boxes = arrays.arrays(
    np.float64,
    arrays.array_shapes(max_dims=3, max_side=3),
    elements=st.floats(-1e6, 1e6),
)


def question(**options: object) -> Question:
    criterion = Criterion.model_validate(
        {"points": 1, "answer": "g", "kind": "array", **options}
    )
    return Question(criterion=criterion)


@pytest.mark.parametrize(
    ("given_box", "reason", "place"),
    [
        pytest.param([[1, 2], [3, 4]], "agrees", "", id="right, as integers"),
        pytest.param([[1, 2], [0, 4]], "entries-differ", "entry (2, 1)", id="one off"),
        pytest.param([[1, 3], [2, 4]], "transposed", "entry (1, 2)", id="transposed"),
        pytest.param(
            [[-1, -2], [-3, -4]], "opposite-sign", "entry (1, 1)", id="sign lost"
        ),
        pytest.param([1, 2, 3, 4], "wrong-shape", "", id="flattened"),
        pytest.param([[1, 2]], "wrong-shape", "", id="a row, which would broadcast"),
        pytest.param(5.0, "wrong-shape", "", id="a number, which would broadcast"),
        pytest.param(
            [[1, 2], [np.nan, 4]], "not-finite", "entry (2, 1)", id="nan in one entry"
        ),
        pytest.param(
            [[1, 2], [3 + 1j, 4]], "complex-value", "entry (2, 1)", id="imaginary part"
        ),
    ],
)
def test_the_reason_and_the_place_name_the_mistake(
    given_box: object, reason: str, place: str
) -> None:
    verdict = compare_arrays(
        RIGHT,
        np.array(given_box, dtype=complex)
        if np.iscomplexobj(np.array(given_box))
        else np.array(given_box, dtype=float),
        Tolerance(),
    )

    assert (verdict.reason, verdict.evidence.place) == (reason, place)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        pytest.param(
            Sequence(
                kind="list",
                items=(
                    Sequence(kind="list", items=(1, 2)),
                    Sequence(kind="list", items=(3, 4)),
                ),
            ),
            "agrees",
            id="lists in place of an array",
        ),
        pytest.param(
            Sequence(
                kind="list",
                items=(
                    Sequence(kind="list", items=(1, 2)),
                    Sequence(kind="list", items=(3,)),
                ),
            ),
            "ragged",
            id="rows of different length",
        ),
        pytest.param(
            Formula(
                tree=apply(
                    "matrix",
                    apply("row", number(1), number(2)),
                    apply("row", number(3), number(4)),
                )
            ),
            "agrees",
            id="a symbolic matrix of numbers",
        ),
        pytest.param(
            Formula(tree=apply("matrix", apply("row", Symbol("x")))),
            "not-a-number",
            id="a symbol left in it",
        ),
        pytest.param(
            Array(dtype="|b1", shape=(2, 2), buffer=b"\1\0\1\1"),
            "wrong-type",
            id="truth values",
        ),
    ],
)
def test_exact_types_decide_what_is_an_array(answer: Value, reason: str) -> None:
    verdict = compare_values(value_of(RIGHT), answer, question())

    assert verdict.reason == reason


def test_a_list_is_refused_where_the_rubric_asks_for_an_array() -> None:
    listed = Sequence(kind="list", items=(1.0, 2.0))
    expected = Array(dtype="<f8", shape=(2,), buffer=struct.pack("<2d", 1, 2))

    verdict = compare_values(expected, listed, question(strict_type=True))

    assert verdict.reason == "wrong-type"


def test_partial_credit_is_the_share_of_right_entries() -> None:
    wrong = RIGHT.copy()
    wrong[1, 0] = 7

    verdict = compare_arrays(RIGHT, wrong, Tolerance(), in_shares=True)

    assert (verdict.outcome, verdict.credit) == (Outcome.PARTIAL, Fraction(3, 4))


@given(box=boxes)
def test_every_array_agrees_with_itself(box: Box) -> None:
    assert compare_arrays(box, box, Tolerance()).outcome is Outcome.CORRECT


@given(box=boxes, other=boxes)
def test_full_credit_means_that_every_entry_is_near(box: Box, other: Box) -> None:
    verdict = compare_arrays(box, other, Tolerance(absolute=1e-6, relative=0))

    near = box.shape == other.shape and bool((np.abs(box - other) <= 1e-6).all())
    assert (verdict.outcome is Outcome.CORRECT) == near


@given(box=boxes, other=boxes)
def test_shares_never_give_more_than_the_entries_are_worth(
    box: Box, other: Box
) -> None:
    verdict = compare_arrays(box, other, Tolerance(), in_shares=True)

    if box.shape != other.shape:
        assert verdict.credit == 0
    else:
        share = float(np.isclose(other, box, rtol=1e-6, atol=0).mean())
        assert float(verdict.credit) <= share + 1e-9
