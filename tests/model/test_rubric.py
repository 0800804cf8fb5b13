from datetime import datetime, timedelta, timezone
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from grader.model.rubric import (
    BUILT_IN_KINDS,
    Assignment,
    Criterion,
    Inputs,
    LatePolicy,
    Mistake,
    Part,
    SymbolDomain,
    Tolerance,
)


def assignment(**more: object) -> dict[str, Any]:
    return {
        "schema": 1,
        "assignment": "hw1",
        "title": "One",
        "reference": "hw1.py",
        "questions": [{"id": 1, "parts": [{"id": "1a", "points": 1, "answer": "x"}]}],
        **more,
    }


def test_a_plain_part_is_three_keys() -> None:
    part = Part.model_validate({"id": "1a", "points": 2, "answer": "x"})

    (criterion,) = part.criteria
    assert part.points == 2
    assert (criterion.kind, criterion.source) == ("number", "x")


def test_a_part_is_worth_its_criteria() -> None:
    criteria = [{"points": "1/3", "answer": "x"}, {"points": 1, "answer": "y"}]

    part = Part.model_validate({"id": "1a", "criteria": criteria})

    assert part.points == Fraction(4, 3)


def test_a_part_holds_its_criterion_or_a_list_and_not_both() -> None:
    with pytest.raises(ValidationError, match="Extra inputs"):
        Part.model_validate(
            {"id": "1a", "points": 1, "criteria": [{"points": 1, "answer": "x"}]}
        )


def test_nothing_changes_later() -> None:
    read = Assignment.model_validate(assignment())

    with pytest.raises(ValidationError, match="frozen"):
        read.title = "Two"  # type: ignore[misc]


def test_a_rubric_is_read_back_as_it_is_written() -> None:
    read = Assignment.model_validate(
        assignment(symbols={"x": "(0, 1)", "n": "natural"}, late={"grace": "1 min"})
    )

    assert Assignment.model_validate_json(read.model_dump_json(by_alias=True)) == read


@pytest.mark.parametrize(
    ("short", "long"),
    [
        pytest.param("positive", {"is": "positive"}, id="set"),
        pytest.param("(0, 1]", {"in": "(0, 1]"}, id="interval"),
        pytest.param(" [0, 1)", {"in": "[0, 1)"}, id="interval after a blank"),
    ],
)
def test_a_domain_has_a_short_form(short: str, long: dict[str, str]) -> None:
    assert SymbolDomain.model_validate(short) == SymbolDomain.model_validate(long)


@pytest.mark.parametrize(
    ("model", "value", "what"),
    [
        pytest.param(Inputs, {"values": []}, "no value is listed", id="no values"),
        pytest.param(Inputs, {"low": 1, "high": 1}, "low does not lie", id="one point"),
        pytest.param(Inputs, {"count": 0}, "greater than", id="no draws"),
        pytest.param(Mistake, {"say": "No."}, "one `reference` or one", id="no mistake"),
        pytest.param(
            Mistake, {"say": "No.", "reference": "f", "value": 1}, "one `reference`",
            id="two mistakes in one",
        ),
        pytest.param(
            Criterion, {"points": 1, "answer": "x", "expected": 1, "reference": "y"},
            "told twice", id="two right answers",
        ),
        pytest.param(
            Criterion, {"points": 1, "answer": "x", "expected": False}, "truth value",
            id="truth value for an answer",
        ),
        pytest.param(
            Criterion, {"points": 1, "answer": "x", "choices": ["a"]}, "belong to a choice",
            id="choices of a number",
        ),
        pytest.param(
            Criterion,
            {"points": 1, "answer": "f", "kind": "function",
             "inputs": {"x": {"count": 2}, "y": {"values": [1]}}},
            "unequally many", id="two values of one and one of the other",
        ),
        pytest.param(Part, {"id": "1a", "criteria": []}, "at least 1 item", id="empty"),
        pytest.param(Part, {"id": "1 a", "points": 1, "answer": "x"}, "pattern", id="id"),
        pytest.param(Tolerance, {"relative": -1}, "greater than", id="negative"),
        pytest.param(Tolerance, {"relative": 1}, "less than 1", id="all of it"),
        pytest.param(Tolerance, {"absolute": float("inf")}, "finite", id="infinite"),
        pytest.param(Tolerance, {"absolute": float("nan")}, "finite|greater", id="NaN"),
        pytest.param(LatePolicy, {"due": 20261213}, "no date", id="number for a date"),
        pytest.param(LatePolicy, {"due": "2026-12-13"}, "no time zone", id="no zone"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(
    model: type[BaseModel], value: object, what: str
) -> None:
    with pytest.raises(ValidationError, match=what):
        model.model_validate(value)


def test_a_due_date_keeps_its_zone() -> None:
    policy = LatePolicy.model_validate({"due": "2026-12-13T23:59+01:00"})

    zone = timezone(timedelta(hours=1))
    assert policy.due == datetime(2026, 12, 13, 23, 59, tzinfo=zone)


@given(
    expected=st.floats(allow_nan=False, allow_infinity=False, width=32),
    absolute=st.floats(0, 1e6),
    relative=st.floats(0, 0.5),
    more=st.floats(0, 0.4),
)
def test_a_wider_tolerance_is_never_narrower(
    expected: float, absolute: float, relative: float, more: float
) -> None:
    narrow = Tolerance(absolute=absolute, relative=relative)
    wide = Tolerance(absolute=absolute + more, relative=relative + more)

    assert narrow.around(expected) <= wide.around(expected)


def test_a_kind_has_one_name() -> None:
    assert len(set(BUILT_IN_KINDS)) == len(BUILT_IN_KINDS)
