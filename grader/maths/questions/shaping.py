"""A question about form -> a finding, by the shape or up to rules."""

import re
from typing import Final

from grader.maths.finding import Finding, agreed, told, unknown, unlike
from grader.maths.forms.form import fault_of_form
from grader.maths.forms.rewriting import same_up_to
from grader.maths.forms.types import same_type
from grader.maths.questions.inquiry import Question
from grader.maths.questions.values import by_value

# a plus with nothing on its left to add to
_IDLE_PLUS: Final = re.compile(r"(?:(?<=[-+*/^(=<>,\[{|])|^)\s*\+(?![/-])")


def by_shape(question: Question) -> Finding:
    """Judge the shape of an answer, and its value where that matters."""
    if question.shape is None:
        return unknown("no-shape")
    fault = fault_of_form(question.given, question.shape, question.variable)
    if fault:
        return unlike(fault)
    return by_value(question) if question.value_matters else agreed()


def by_same_form(question: Question) -> Finding:
    """Judge whether both are one after reordering and the rules."""
    same = same_up_to(question.expected, question.given, question.rules)
    return told("other-form", holds=same)


def by_literal(question: Question) -> Finding:
    """Judge whether both were written alike, down to a plus that changes nothing."""
    signs = {len(_IDLE_PLUS.findall(text)) for text in question.written}
    alike = question.expected == question.given and len(signs) == 1
    return told("other-form", holds=alike)


def by_same_type(question: Question) -> Finding:
    """Judge whether both are things of one sort."""
    return told("wrong-type", holds=same_type(question.expected, question.given))
