"""Words: a choice, and what was on offer."""

import pytest

from grader.compare.choice import is_offered
from grader.model.answer import Value


@pytest.mark.parametrize(
    ("given", "offered"),
    [
        pytest.param("red", True, id="as declared"),
        pytest.param(" Red ", True, id="another case, blanks around"),
        pytest.param("dark  blue", True, id="blanks within"),
        pytest.param("green", False, id="another word"),
        pytest.param("", False, id="nothing"),
        pytest.param(None, False, id="None"),
        pytest.param(1.5, False, id="a number"),
    ],
)
def test_a_choice_is_offered_whatever_its_case(given: Value, *, offered: bool) -> None:
    assert is_offered(given, ("red", "dark blue")) is offered
