"""Expected number and given number -> verdict."""

import cmath
import math
from fractions import Fraction

from grader.compare.comparator import Comparator, Question
from grader.compare.numeric import Refused, Scalar, as_number
from grader.model.answer import Value
from grader.model.rubric import Tolerance
from grader.model.verdict import (
    Evidence,
    Outcome,
    Verdict,
    Witness,
    correct,
    incorrect,
    undecided,
)


def compare_values(expected: Value, given: Value, question: Question) -> Verdict:
    """Judge whatever stands for a number: a float, an exact formula, typed text.

    What the rubric accepts as well is right; what is wrong is told of as expected.
    """
    right = as_number(expected)
    if isinstance(right, Refused):
        return undecided("reference-failed", _typed(right))
    found = as_number(given)
    if isinstance(found, Refused):
        return incorrect(found.reason, _typed(found))
    tolerance = question.criterion.tolerance
    verdict = compare_numbers(right, found, tolerance)
    if verdict.outcome is Outcome.CORRECT:
        return verdict
    others = (as_number(other) for other in question.criterion.accept)
    also = (
        compare_numbers(other, found, tolerance)
        for other in others
        if not isinstance(other, Refused)
    )
    return next((v for v in also if v.outcome is Outcome.CORRECT), verdict)


def compare_numbers(expected: Scalar, given: Scalar, tolerance: Tolerance) -> Verdict:
    """Judge *given* by its distance from *expected*.

    NaN agrees with NaN alone and an infinity with itself alone: neither has a
    distance from anything, so no tolerance reaches them. The imaginary part counts.
    """
    if not (cmath.isfinite(expected) and cmath.isfinite(given)):
        return _compare_edges(expected, given)

    gap = _size(given - expected)
    allowed = tolerance.around(_size(expected))
    evidence = _evidence(expected, given, gap=float(gap), allowed=allowed)
    if _agree(expected, given, tolerance):
        return correct(evidence=evidence)
    if isinstance(given, complex) and abs(given.imag) > allowed:
        return incorrect("complex-value", evidence)
    if _agree(expected, -given, tolerance):
        return incorrect("opposite-sign", evidence)
    return incorrect("too-far", evidence)


def _size(number: Scalar) -> float:
    """Return the absolute value; infinite where it is larger than any float."""
    if isinstance(number, complex):
        return math.hypot(number.real, number.imag)
    return abs(number)


def _agree(expected: Scalar, given: Scalar, tolerance: Tolerance) -> bool:
    """Apply the rounding rule that the rubric names, or the distances."""
    figures, places = tolerance.significant_figures, tolerance.decimal_places
    is_complex = isinstance(expected, complex) or isinstance(given, complex)
    if not is_complex and (figures is not None or places is not None):
        right, found = Fraction(expected.real), Fraction(given.real)
        return _agree_rounded(right, found, figures, places)
    return _size(given - expected) <= tolerance.around(_size(expected))


def _agree_rounded(
    expected: Fraction, given: Fraction, figures: int | None, places: int | None
) -> bool:
    from grader.maths.numbers import (  # noqa: PLC0415 - distances do without it
        agree_to_figures,
        agree_to_places,
    )

    if figures is not None:
        return agree_to_figures(expected, given, figures)
    return places is None or agree_to_places(expected, given, places)


def _compare_edges(expected: Scalar, given: Scalar) -> Verdict:
    evidence = _evidence(expected, given)
    if cmath.isnan(expected) or cmath.isnan(given):
        same = cmath.isnan(expected) and cmath.isnan(given)
    else:
        same = given == expected
    if same:
        return correct(evidence=evidence)
    if not cmath.isfinite(expected) and given == -expected:
        return incorrect("opposite-sign", evidence)
    return incorrect("not-finite" if cmath.isfinite(expected) else "too-far", evidence)


def _evidence(
    expected: Scalar,
    given: Scalar,
    *,
    gap: float | None = None,
    allowed: float | None = None,
) -> Evidence:
    within = gap is not None and allowed is not None and gap <= allowed
    return Evidence(
        method="within-tolerance" if within else "beyond-tolerance",
        points=1,
        witness=Witness(expected=expected, given=given, gap=gap, allowed=allowed),
        facts=_factor(expected, given),
    )


def _factor(expected: Scalar, given: Scalar) -> tuple[tuple[str, float], ...]:
    """Say for staff by which factor the two differ, where there is one."""
    if not (cmath.isfinite(expected) and cmath.isfinite(given)) or expected == 0:
        return ()
    factor = given / expected
    if isinstance(factor, complex) or not math.isfinite(factor):
        return ()
    return (("factor", factor),)


def _typed(refused: Refused) -> Evidence:
    return Evidence(facts=(("type", refused.type_name),))


NUMBER = Comparator(kind="number", judge=compare_values)
