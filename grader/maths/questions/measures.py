"""A question about a quantity, or with conditions -> a finding."""

from grader.maths.decide import decide
from grader.maths.finding import Finding, Truth
from grader.maths.questions.criteria import Sides, meets
from grader.maths.questions.inquiry import Question
from grader.maths.questions.quantities import (
    compare_figures,
    compare_quantities,
    in_base_units,
)


def by_criteria(question: Question) -> Finding:
    """Judge whether the answer meets the conditions."""
    expected, given = question.expected, question.given
    if question.physical:
        expected, given = in_base_units(expected, given)
    sides = Sides(
        expected=expected,
        given=given,
        notation=question.notation,
        setting=question.setting,
        tolerance=question.tolerance,
    )
    return meets(question.criteria, sides)


def by_quantity(question: Question) -> Finding:
    """Judge a number with its unit."""
    expected, given, same = question.expected, question.given, question.same_units
    if question.figures[0]:
        finding = compare_figures(expected, given, question.figures, same_units=same)
    else:
        finding = compare_quantities(
            expected, given, question.tolerance, same_units=same
        )
    if finding.truth is Truth.UNKNOWN:  # a unit that nobody knows is just a name
        plain = decide(expected, given, question.setting)
        return plain if plain.equal else finding
    return finding
