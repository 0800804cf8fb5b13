"""What stands in place of an answer, before any comparator is asked."""

import pytest

from grader.compare.comparator import Question
from grader.compare.judge import Case, judge
from grader.model.answer import Found, Opaque, Value
from grader.model.rubric import Criterion
from grader.model.verdict import Outcome

DOTS = Opaque(type_name="ellipsis", reason="no value")
AT_ONE: tuple[tuple[str, Value], ...] = (("x", 1.0),)


@pytest.mark.parametrize(
    ("inputs", "given", "outcome", "reason"),
    [
        pytest.param((), None, Outcome.MISSING, "left-empty", id="a name for later"),
        pytest.param((), DOTS, Outcome.MISSING, "left-empty", id="dots for later"),
        pytest.param(
            AT_ONE, None, Outcome.INCORRECT, "returns-nothing", id="no return"
        ),
        pytest.param(AT_ONE, DOTS, Outcome.INCORRECT, "returns-nothing", id="dots"),
        pytest.param((), 0.0, Outcome.INCORRECT, "too-far", id="a number is an answer"),
    ],
)
def test_what_was_never_filled_in_is_told_apart_from_what_is_wrong(
    inputs: tuple[tuple[str, Value], ...], given: Value, outcome: Outcome, reason: str
) -> None:
    case = Case(inputs=inputs, expected=Found(value=2.0), given=Found(value=given))
    criterion = Criterion.model_validate({"points": 1, "answer": "g"})

    verdict = judge((case,), Question(criterion=criterion))

    assert (verdict.outcome, verdict.reason) == (outcome, reason)
    assert verdict.credit == 0


def test_none_is_no_placeholder_where_it_is_expected() -> None:
    case = Case(expected=Found(value=None), given=Found(value=None))
    criterion = Criterion.model_validate({"points": 1, "answer": "g"})

    assert judge((case,), Question(criterion=criterion)).reason != "left-empty"
