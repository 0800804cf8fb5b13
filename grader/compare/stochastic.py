"""Expected law or number and given samples -> verdict, at a stated false-reject rate.

A simulation is not judged by its seed. Samples are held against an expected mean by a
confidence interval (normal, from the samples' own spread), or against reference samples
by the two-sample Kolmogorov-Smirnov test with its asymptotic bound
sqrt(-ln(rate / 2) / 2) sqrt((n + m) / (n m)).
"""

import math
from statistics import NormalDist
from typing import Final

import numpy as np

from grader.compare.boxes import as_array
from grader.compare.buffer import Box
from grader.compare.comparator import Comparator, Question
from grader.compare.numeric import Refused, type_name
from grader.model.answer import Value
from grader.model.verdict import (
    Evidence,
    Fact,
    Verdict,
    correct,
    incorrect,
    undecided,
)

FALSE_REJECT_RATE: Final = 1e-6  # a right simulation fails once in a million classes
FEWEST_SAMPLES: Final = 30  # below it the normal interval is no such thing


def compare_samples(expected: Value, given: Value, question: Question) -> Verdict:
    """Judge one-dimensional samples by their mean, or by their whole distribution."""
    right = as_array(expected)
    if isinstance(right, Refused):
        return undecided("reference-failed", _facts(type=right.type_name))
    found = as_array(given)
    if isinstance(found, Refused):
        return incorrect(found.reason, _facts(type=type_name(given)))
    if found.size < FEWEST_SAMPLES:
        return incorrect("too-few-samples", _facts(samples=found.size))
    if np.iscomplexobj(found) or not np.isfinite(found).all():
        return incorrect("not-finite", _facts(samples=found.size))
    rate = float(question.criterion.options.get("false_reject", FALSE_REJECT_RATE))
    if right.size == 1:
        return _by_mean(float(right.real.item()), found, question, rate)
    return _by_distribution(right, found, rate)


def _by_mean(expected: float, given: Box, question: Question, rate: float) -> Verdict:
    spread = float(given.std(ddof=1)) / math.sqrt(given.size)
    reach = NormalDist().inv_cdf(1 - rate / 2) * spread
    allowed = reach + question.criterion.tolerance.around(expected)
    gap = abs(float(given.mean()) - expected)
    evidence = _facts(samples=given.size, gap=gap, allowed=allowed, rate=rate)
    return correct(evidence=evidence) if gap <= allowed else _off(evidence)


def _by_distribution(expected: Box, given: Box, rate: float) -> Verdict:
    n, m = expected.size, given.size
    gap = kolmogorov_smirnov(expected.ravel(), given.ravel())
    allowed = math.sqrt(-math.log(rate / 2) / 2) * math.sqrt((n + m) / (n * m))
    evidence = _facts(samples=m, gap=gap, allowed=allowed, rate=rate)
    return correct(evidence=evidence) if gap <= allowed else _off(evidence)


def kolmogorov_smirnov(one: Box, other: Box) -> float:
    """Return the largest gap between two empirical distribution functions."""
    everywhere = np.concatenate([one, other])
    left = np.searchsorted(np.sort(one), everywhere, side="right") / one.size
    right = np.searchsorted(np.sort(other), everywhere, side="right") / other.size
    return float(np.abs(left - right).max())


def _off(evidence: Evidence) -> Verdict:
    return incorrect("outside-confidence", evidence)


def _facts(**facts: Fact) -> Evidence:
    return Evidence(method="confidence", facts=tuple(facts.items()))


STOCHASTIC = Comparator(kind="stochastic", judge=compare_samples)
