"""Expected array and given array -> verdict, with the place of the first difference."""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from grader.compare.boxes import as_array
from grader.compare.buffer import Box
from grader.compare.comparator import Comparator, Question
from grader.compare.freedom import aligned
from grader.compare.number import compare_numbers
from grader.compare.numeric import Refused
from grader.model.answer import Sequence, Value
from grader.model.rubric import Tolerance
from grader.model.verdict import (
    Evidence,
    Verdict,
    Witness,
    correct,
    incorrect,
    partial,
    undecided,
)


@dataclass(frozen=True, slots=True)
class Judged:
    """Which entries are right, and what lies between the two where one is not."""

    right: NDArray[np.bool_]
    expected: Box
    given: Box


def compare_values(expected: Value, given: Value, question: Question) -> Verdict:
    """Judge whatever stands for an array of numbers, entry by entry."""
    target = as_array(expected)
    if isinstance(target, Refused):
        return undecided("reference-failed", _typed(target.type_name))
    criterion = question.criterion
    if criterion.strict_type and isinstance(given, Sequence):
        return incorrect("wrong-type", _typed(given.kind))
    found = as_array(given)
    if isinstance(found, Refused):
        return incorrect(found.reason, _typed(found.type_name))
    for freedom in criterion.up_to:
        found = aligned(target, found, freedom)
    return compare_arrays(
        target, found, criterion.tolerance, in_shares=criterion.partial
    )


def compare_arrays(
    expected: Box, given: Box, tolerance: Tolerance, *, in_shares: bool = False
) -> Verdict:
    """Judge arrays of equal shape; nothing is broadcast.

    With *in_shares* the credit is the share of entries that are right.
    """
    if expected.shape != given.shape:
        return _differ_in_shape(expected, given, tolerance)
    if expected.ndim == 0:
        return compare_numbers(expected.item(), given.item(), tolerance)
    judged = Judged(entries_agree(expected, given, tolerance), expected, given)
    if judged.right.all():
        return correct(evidence=_agreement(judged, tolerance))
    evidence = _difference(judged, tolerance)
    reason = _reason(judged, tolerance)
    share = Fraction(int(judged.right.sum()), judged.right.size)
    if in_shares and share and reason == "entries-differ":
        return partial(share, reason, evidence)
    return incorrect(reason, evidence)


def entries_agree(expected: Box, given: Box, tolerance: Tolerance) -> NDArray[np.bool_]:
    """Return where `|given - expected| <= max(absolute, relative |expected|)`.

    NaN agrees with NaN and an infinity with itself; arrays of one shape go in, a
    bool for each entry comes out.
    """
    with np.errstate(all="ignore"):
        size = np.abs(expected)
        allowed = np.maximum(tolerance.absolute, tolerance.relative * size)
        near = np.abs(given - expected) <= allowed
    finite = np.isfinite(expected) & np.isfinite(given)
    same = (given == expected) | (np.isnan(expected) & np.isnan(given))
    return np.asarray(np.where(finite, near, same), dtype=np.bool_)


def place_of(index: tuple[int, ...]) -> str:
    """Name an entry as mathematics counts, from one: `entry (3, 1)`."""
    inside = ", ".join(str(i + 1) for i in index)
    return f"entry ({inside})" if len(index) > 1 else f"entry {inside}"


def _reason(judged: Judged, tolerance: Tolerance) -> str:
    expected, given = judged.expected, judged.given
    if entries_agree(expected, -given, tolerance).all():
        return "opposite-sign"
    square = given.ndim == 2 and given.shape[0] == given.shape[1]  # noqa: PLR2004 - a matrix
    if square and entries_agree(expected, given.T, tolerance).all():
        return "transposed"
    wrong = given[~judged.right]
    if not np.isfinite(wrong).all() and np.isfinite(expected).all():
        return "not-finite"
    if np.iscomplexobj(wrong) and np.abs(wrong.imag).max() > tolerance.absolute:
        return "entries-differ" if np.iscomplexobj(expected) else "complex-value"
    return "entries-differ"


def _differ_in_shape(expected: Box, given: Box, tolerance: Tolerance) -> Verdict:
    facts = (("shape", _shape(given)), ("expected_shape", _shape(expected)))
    evidence = Evidence(method="shape", facts=facts)
    turned = expected.shape == given.T.shape
    if turned and entries_agree(expected, given.T, tolerance).all():
        return incorrect("transposed", evidence)
    return incorrect("wrong-shape", evidence)


def _shape(box: Box) -> str:
    return str(box.shape) if box.shape else "a single number"


def _agreement(judged: Judged, tolerance: Tolerance) -> Evidence:
    with np.errstate(all="ignore"):
        gaps = np.abs(judged.given - judged.expected)
    gap = float(np.nan_to_num(gaps, nan=0.0).max()) if gaps.size else 0.0
    largest = float(np.abs(judged.expected).max()) if gaps.size else 0.0
    witness = Witness(gap=gap, allowed=tolerance.around(largest))
    return Evidence(method="within-tolerance", points=gaps.size, witness=witness)


def _difference(judged: Judged, tolerance: Tolerance) -> Evidence:
    first = tuple(int(i) for i in np.argwhere(~judged.right)[0])
    expected, given = judged.expected[first].item(), judged.given[first].item()
    witness = Witness(
        expected=expected,
        given=given,
        gap=float(abs(given - expected)),
        allowed=tolerance.around(abs(expected)),
    )
    return Evidence(
        method="beyond-tolerance",
        points=judged.right.size,
        place=place_of(first),
        witness=witness,
        facts=(
            ("wrong", int((~judged.right).sum())),
            ("entries", int(judged.right.size)),
        ),
    )


def _typed(name: str) -> Evidence:
    return Evidence(facts=(("type", name),))


ARRAY = Comparator(kind="array", judge=compare_values)
