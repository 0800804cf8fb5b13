"""A question about an integral -> a finding, up to its constant."""

from grader.maths.finding import Finding, told
from grader.maths.forms.freedom import (
    compare_antiderivatives,
    compare_integrals,
    depends_freely,
    is_plain_constant,
)
from grader.maths.questions.inquiry import Question
from grader.maths.tree import symbols_of


def by_antiderivative(question: Question) -> Finding:
    """Judge an antiderivative, which may differ by a constant."""
    return compare_antiderivatives(
        question.expected, question.given, question.variable, question.setting
    )


def by_integral(question: Question) -> Finding:
    """Judge an integral together with its constant."""
    return compare_integrals(
        question.expected, question.given, question.variable, question.setting
    )


def by_added_constant(question: Question) -> Finding:
    """Judge the constant alone; whether the rest is right is another question."""
    known = question.names | {question.variable}
    added = sorted(symbols_of(question.given) - known)
    given, variable, setting = question.given, question.variable, question.setting
    if question.strict:
        plain = len(added) == 1 and is_plain_constant(
            given, added[0], variable, setting
        )
        return told("constant-not-added", holds=plain)
    free = any(depends_freely(given, name, variable, setting) for name in added)
    return told("constant-missing", holds=free)
