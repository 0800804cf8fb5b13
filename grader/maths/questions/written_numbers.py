"""A question about how a number is written -> a finding, by figures and places."""

from grader.maths.finding import Finding
from grader.maths.questions.inquiry import Question
from grader.maths.questions.precision import (
    judge_digits,
    judge_figures,
    judge_places,
    judge_rounding,
)


def by_figures(question: Question) -> Finding:
    """Judge a number by its significant figures."""
    return judge_figures(
        question.expected, question.given, question.figures, strict=question.strict
    )


def by_places(question: Question) -> Finding:
    """Judge a number by its decimal places."""
    return judge_places(question.expected, question.given, question.figures[0])


def by_digits(question: Question) -> Finding:
    """Judge a number by how many of its digits are right."""
    return judge_digits(question.expected, question.given, question.figures[0])


def by_rounding(question: Question) -> Finding:
    """Judge a number by whether it was rounded as asked."""
    return judge_rounding(
        question.expected,
        question.given,
        question.figures,
        truncation=not question.strict,
    )
