"""The rubric of homework 3 and its reference belong together."""

import inspect
import math
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from grader.expect.draw import Purpose, draw_inputs
from grader.model.answer import Array
from grader.model.criterion import Criterion
from grader.model.rubric import Assignment, Part
from grader.rubric.reader import read_rubric
from reference import hw3, hw3_public

RUBRIC = Path(__file__).parents[2] / "rubrics" / "hw3.yaml"
PURPOSES: tuple[Purpose, ...] = ("grading", "feedback", "selfcheck")

POINTS = """
1a 5, 1b 3, 1c 7, 1d 4, 1e 6,
2a 5, 2b-i 5, 2b-ii 5, 2c 5, 2d 5,
3a 8, 3b 9, 3c 8,
4a 6, 4b 9, 4c 4, 4d 6
"""

Argument = Any  # a number or an array, whichever a function is given


@pytest.fixture(scope="module")
def assignment() -> Assignment:
    return read_rubric(RUBRIC)


def criteria(assignment: Assignment) -> Iterator[tuple[Part, Criterion]]:
    for part in assignment.parts:
        for criterion in part.criteria:
            yield part, criterion


def number_or_array(value: object) -> Argument:
    """Turn a drawn value into what a function is given."""
    if isinstance(value, Array):
        return np.frombuffer(value.buffer, value.dtype).reshape(value.shape)
    return value


def drawn(
    assignment: Assignment, label: str, answer: str, purpose: Purpose
) -> list[dict[str, Argument]]:
    """Draw the inputs of one answer, by argument."""
    [(part, criterion)] = [
        (part, criterion)
        for part, criterion in criteria(assignment)
        if (part.id, criterion.answer) == (label, answer)
    ]
    points = draw_inputs(assignment, part, criterion, purpose)
    return [{name: number_or_array(value) for name, value in at} for at in points]


def test_the_points_are_those_of_the_homework(assignment: Assignment) -> None:
    told = ", ".join(f"{part.id} {part.points}" for part in assignment.parts)

    assert told == " ".join(POINTS.split())


def test_all_that_the_rubric_names_is_there(assignment: Assignment) -> None:
    for part, criterion in criteria(assignment):
        wrong = [m.reference for m in criterion.mistakes if m.reference]
        assert all(hasattr(hw3, name) for name in [criterion.source, *wrong])
        shown = part.public.properties if part.public else ()
        assert shown
        assert all(hasattr(hw3_public, name) for name in shown)


def test_every_earlier_answer_that_is_asked_for_is_followed(
    assignment: Assignment,
) -> None:
    parts = {part.id: part for part in assignment.parts}

    for part, criterion in criteria(assignment):
        near = [part, *(parts[label] for label in part.follows)]
        at_hand = {c.answer for p in near for c in p.criteria}
        for name in [criterion.source, *(m.reference for m in criterion.mistakes)]:
            function = getattr(hw3, str(name))
            if callable(function):
                wanted = inspect.getfullargspec(function).kwonlyargs
                assert set(wanted) <= at_hand - {criterion.answer}


@pytest.mark.parametrize("purpose", PURPOSES)
@pytest.mark.parametrize(
    ("part", "answer"), [("1c", "jacobian"), ("1d", "abs_det_jacobian")]
)
def test_the_root_is_asked_about_on_both_sides_and_off_zero(
    assignment: Assignment, part: str, answer: str, purpose: Purpose
) -> None:
    inner = [
        z[2] * math.exp(-z[0]) + z[0] ** 2
        for z in (at["z"] for at in drawn(assignment, part, answer, purpose))
    ]

    assert min(inner) < 0 < max(inner)
    assert min(abs(u) for u in inner) > 0.01


@pytest.mark.parametrize("purpose", PURPOSES)
def test_no_set_is_empty_whose_radius_is_asked_for(
    assignment: Assignment, purpose: Purpose
) -> None:
    for at in drawn(assignment, "2b-i", "radius_squared", purpose):
        assert 2 * math.pi * at["J"] * (0.9 - at["eps"]) < 1


def test_points_without_weight_are_asked_about(assignment: Assignment) -> None:
    asked = drawn(assignment, "3c", "optimal_value", "grading")

    assert all(math.isclose(at[name].sum(), 1) for at in asked for name in at)
    assert any((at["p_data"] * at["p_theta"] == 0).any() for at in asked)
    assert any((at["p_data"] + at["p_theta"] == 0).any() for at in asked)
    assert any((at["p_data"] * at["p_theta"] > 0).all() for at in asked)


def test_what_a_student_is_told_quotes_no_value(assignment: Assignment) -> None:
    for part, criterion in criteria(assignment):
        told = [m.say for m in criterion.mistakes]
        told += [part.public.hint] if part.public else []
        assert not any(re.search(r"\d[.,]\d|\d{2}|\\frac|\\exp", text) for text in told)


@pytest.mark.parametrize("purpose", ["grading", "feedback"])
def test_a_mistake_shows_at_the_inputs_that_are_drawn(
    assignment: Assignment, purpose: Purpose
) -> None:
    for part, criterion in criteria(assignment):
        points = [
            [number_or_array(value) for _, value in at]
            for at in draw_inputs(assignment, part, criterion, purpose)
        ]
        for mistake in criterion.mistakes:
            wrong = getattr(hw3, str(mistake.reference))
            if points and not inspect.getfullargspec(wrong).kwonlyargs:
                right = getattr(hw3, criterion.source)
                rest = RESTS_ON.get(criterion.source, {})
                assert any(
                    not np.allclose(right(*at, **rest), wrong(*at), rtol=1e-3)
                    for at in points
                )


RESTS_ON: dict[str, dict[str, Any]] = {
    "abs_det_jacobian": {"jacobian": hw3.jacobian},
    "tv_bound": {"volume_bound": hw3.volume_bound},
}
