"""A question with two answers read -> a finding, by the way that the question asks."""

import importlib
from collections.abc import Mapping
from typing import Final

from grader.maths.finding import Finding, Truth, unknown
from grader.maths.questions.inquiry import Kind, Question

# a question of one kind never waits for what judges another
JUDGES: Final[Mapping[Kind, tuple[str, str]]] = {
    Kind.VALUE: ("values", "by_value"),
    Kind.NEAR: ("values", "by_near"),
    Kind.NUMBERS_NEAR: ("values", "by_numbers_near"),
    Kind.GREATER: ("values", "by_greater"),
    Kind.CHOICES: ("values", "by_choices"),
    Kind.FIGURES: ("written_numbers", "by_figures"),
    Kind.PLACES: ("written_numbers", "by_places"),
    Kind.DIGITS: ("written_numbers", "by_digits"),
    Kind.ROUNDING: ("written_numbers", "by_rounding"),
    Kind.SHAPE: ("shaping", "by_shape"),
    Kind.SAME_FORM: ("shaping", "by_same_form"),
    Kind.LITERAL: ("shaping", "by_literal"),
    Kind.SAME_TYPE: ("shaping", "by_same_type"),
    Kind.ANTIDERIVATIVE: ("integrating", "by_antiderivative"),
    Kind.INTEGRAL: ("integrating", "by_integral"),
    Kind.ADDED_CONSTANT: ("integrating", "by_added_constant"),
    Kind.SYSTEM: ("reasoning", "by_system"),
    Kind.STEP: ("reasoning", "by_step"),
    Kind.DERIVATION: ("reasoning", "by_derivation"),
    Kind.RENAMED: ("reasoning", "by_renamed"),
    Kind.CRITERIA: ("measures", "by_criteria"),
    Kind.QUANTITY: ("measures", "by_quantity"),
}


def judge(question: Question) -> Finding:
    """Return what the question's own way of comparing finds."""
    finding = _judged(question)
    if finding.truth is Truth.UNKNOWN:
        from grader.maths.questions.measuring import (  # noqa: PLC0415  few stay open
            is_out_of_reach,
        )

        if is_out_of_reach(question.given):
            return unknown("given-too-large")
    return finding


def _judged(question: Question) -> Finding:
    module, name = JUDGES[question.kind]
    room = importlib.import_module(f"grader.maths.questions.{module}")
    finding: Finding = getattr(room, name)(question)
    return finding
