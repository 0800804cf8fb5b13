"""Simulations: judged by an interval or a test with a stated rate, never by a seed."""

import numpy as np
import pytest

from grader.compare.boxes import value_of
from grader.compare.comparator import Question
from grader.compare.stochastic import compare_samples, kolmogorov_smirnov
from grader.model.answer import Value
from grader.model.rubric import Criterion

QUESTION = Question(
    criterion=Criterion.model_validate(
        {"points": 1, "answer": "draw", "kind": "stochastic"}
    )
)


def normal(mean: float, size: int, seed: int = 0) -> Value:
    return value_of(np.random.default_rng(seed).normal(mean, 1.0, size))


@pytest.mark.parametrize(
    ("expected", "answer", "reason"),
    [
        pytest.param(1.0, normal(1, 4000), "agrees", id="the mean, within its error"),
        pytest.param(1.0, normal(1.2, 4000), "outside-confidence", id="mean off"),
        pytest.param(normal(0, 3000), normal(0, 3000, 1), "agrees", id="same law"),
        pytest.param(
            normal(0, 3000),
            normal(0.4, 3000, 1),
            "outside-confidence",
            id="shifted law",
        ),
        pytest.param(1.0, normal(1, 12), "too-few-samples", id="a dozen samples"),
        pytest.param(1.0, "many", "not-a-number", id="no samples at all"),
    ],
)
def test_the_reason_names_what_the_samples_show(
    expected: Value, answer: Value, reason: str
) -> None:
    assert compare_samples(expected, answer, QUESTION).reason == reason


def test_right_simulations_pass_whatever_their_seed() -> None:
    verdicts = [
        compare_samples(0.0, normal(0, 200, seed), QUESTION) for seed in range(200)
    ]

    assert {v.reason for v in verdicts} == {"agrees"}


def test_the_gap_between_disjoint_samples_is_one() -> None:
    assert kolmogorov_smirnov(np.zeros(5), np.ones(7)) == 1.0
