"""Lists, sets and dictionaries: named mistakes, then laws."""

import random
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.compare.collection import compare_collections
from grader.compare.comparator import Question
from grader.model.answer import Sequence, Table, Value
from grader.model.rubric import Criterion
from grader.model.verdict import Outcome


def question(**options: object) -> Question:
    criterion = Criterion.model_validate(
        {"points": 1, "answer": "g", "kind": "collection", **options}
    )
    return Question(criterion=criterion)


def listed(*items: Value) -> Sequence:
    return Sequence(kind="list", items=items)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        pytest.param(listed(1, 2.0, "a"), "agrees", id="right"),
        pytest.param(listed(2, 1, "a"), "order-differs", id="another order"),
        pytest.param(listed(1, 2, "b"), "items-differ", id="one item off"),
        pytest.param(listed(1, 2), "wrong-length", id="one short"),
        pytest.param(listed(1, 2, "a", "a"), "wrong-length", id="one too many"),
        pytest.param("12a", "wrong-type", id="a string, which has items too"),
    ],
)
def test_the_reason_names_the_mistake(answer: Value, reason: str) -> None:
    assert compare_collections(listed(1, 2, "a"), answer, question()).reason == reason


def test_a_set_has_no_order() -> None:
    expected = Sequence(kind="set", items=(1, 2, 3))

    verdict = compare_collections(expected, listed(3, 1, 2), question())

    assert verdict.outcome is Outcome.CORRECT


def test_equal_items_are_counted_once_each() -> None:
    verdict = compare_collections(
        listed(1, 1, 2), listed(1, 2, 2), question(ordered=False)
    )

    assert verdict.outcome is Outcome.INCORRECT


def test_extra_items_take_from_the_share() -> None:
    verdict = compare_collections(
        listed(1, 2), listed(1, 2, 3, 4), question(ordered=False, partial=True)
    )

    assert verdict.credit == Fraction(1, 2)


def test_a_dictionary_names_the_key_that_differs() -> None:
    expected = Table(items=(("mean", 1.0), ("variance", 2.0)))
    answer = Table(items=(("mean", 1.0), ("variance", 4.0)))

    verdict = compare_collections(expected, answer, question())

    assert verdict.evidence.place == "key 'variance'"


@given(items=st.lists(st.floats(allow_nan=False), max_size=6), order=st.randoms())
def test_no_order_matters_where_the_rubric_says_so(
    items: list[float], order: random.Random
) -> None:
    shuffled = list(items)
    order.shuffle(shuffled)

    verdict = compare_collections(
        listed(*items), listed(*shuffled), question(ordered=False)
    )

    assert verdict.outcome is Outcome.CORRECT
