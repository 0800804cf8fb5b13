"""Questions 3 and 4 of homework 3 by minimising, summing and differencing."""

import math

import numpy as np
import pytest
import sympy as sp
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from reference import hw3

Array = NDArray[np.float64]

weights = st.floats(0.05, 5)
shares = st.floats(0.02, 0.98)


@st.composite
def pairs_of_distributions(draw: st.DrawFn) -> tuple[Array, Array]:
    """Draw two distributions on up to six points; some weights are zero."""
    size = draw(st.integers(1, 6))
    weight = st.one_of(st.just(0.0), st.floats(0.01, 1))
    raw = [draw(st.lists(weight, min_size=size, max_size=size)) for _ in range(2)]
    raw = [[*side, 0.1] for side in raw]
    one, other = (np.array(side) / math.fsum(side) for side in raw)
    return one, other


def loss(discriminator: Array, p_data: Array, p_theta: Array) -> float:
    """Sum L, where a point without weight adds nothing."""
    terms = []
    for share, p, q in zip(discriminator, p_data, p_theta, strict=True):
        terms += [-p * math.log(share)] if p else []
        terms += [-q * math.log(1 - share)] if q else []
    return math.fsum(terms)


def divergence(p: Array, q: Array) -> float:
    """Sum KL(p, q) in plain floats."""
    return math.fsum(
        a * math.log(a / b) for a, b in zip(p.tolist(), q.tolist(), strict=True) if a
    )


@given(share=shares, p=weights, q=weights)
def test_the_slope_is_the_symbolic_derivative(share: float, p: float, q: float) -> None:
    d, a, b = sp.symbols("d a b", positive=True)
    slope = sp.diff(-a * sp.log(d) - b * sp.log(1 - d), d)
    exact = float(slope.subs({d: share, a: p, b: q}))

    assert hw3.dL_dD(share, p, q) == pytest.approx(exact, rel=1e-9, abs=1e-11)


@given(p=weights, q=weights)
def test_no_share_of_a_grid_beats_the_optimal_one(p: float, q: float) -> None:
    grid = np.linspace(0.001, 0.999, 999)
    values = -p * np.log(grid) - q * np.log(1 - grid)
    best = hw3.optimal_discriminator(p, q)

    assert -p * math.log(best) - q * math.log(1 - best) <= values.min() + 1e-12


@given(p=weights, q=weights)
def test_the_slope_vanishes_at_the_optimum(p: float, q: float) -> None:
    best = hw3.optimal_discriminator(p, q)

    assert hw3.dL_dD(best, p, q) == pytest.approx(0, abs=1e-9)


@given(pair=pairs_of_distributions())
def test_the_optimal_value_is_two_log_two_less_two_divergences(
    pair: tuple[Array, Array],
) -> None:
    p, q = pair
    middle = (p + q) / 2
    shannon = (divergence(p, middle) + divergence(q, middle)) / 2

    value = hw3.optimal_value(p, q)

    assert value == pytest.approx(2 * math.log(2) - 2 * shannon, abs=1e-12)


@given(pair=pairs_of_distributions(), seed=st.integers(0, 2**32 - 1))
def test_no_discriminator_gets_below_the_optimal_value(
    pair: tuple[Array, Array], seed: int
) -> None:
    p, q = pair
    any_other = np.random.default_rng(seed).uniform(0.001, 0.999, p.size)

    assert hw3.optimal_value(p, q) <= loss(any_other, p, q) + 1e-12


def test_the_optimal_discriminator_reaches_the_optimal_value() -> None:
    p, q = np.array([0.2, 0.5, 0.3]), np.array([0.6, 0.1, 0.3])
    best = np.array(
        [hw3.optimal_discriminator(a, b) for a, b in zip(p, q, strict=True)]
    )

    assert hw3.optimal_value(p, q) == pytest.approx(loss(best, p, q), rel=1e-14)


@pytest.mark.parametrize(
    ("p_data", "p_theta", "value"),
    [
        pytest.param([0.5, 0.5], [0.5, 0.5], 2 * math.log(2), id="nothing to tell"),
        pytest.param([1.0, 0.0], [0.0, 1.0], 0.0, id="nothing in common"),
        pytest.param([1.0, 0.0], [1.0, 0.0], 2 * math.log(2), id="a point unused"),
    ],
)
def test_points_without_weight_add_nothing(
    p_data: list[float], p_theta: list[float], value: float
) -> None:
    found = hw3.optimal_value(np.array(p_data), np.array(p_theta))

    assert found == pytest.approx(value, abs=1e-15)


@given(h=st.floats(-30, 30))
def test_the_log_slope_is_the_symbolic_derivative(h: float) -> None:
    x = sp.symbols("x", real=True)
    exact = sp.diff(sp.log(1 - 1 / (1 + sp.exp(-x))), x).subs(x, sp.Float(h, 60))

    assert float(hw3.dlog_dh(h)) == pytest.approx(float(exact.evalf(40)), rel=1e-12)


@given(h=st.floats(-700, 700))
def test_the_log_slope_never_overflows(h: float) -> None:
    assert -1 <= float(hw3.dlog_dh(h)) < 0


class Generator:
    """A small network G(z) = A tanh(W z), and h(x) = c . x + (c . x)^2 / 2."""

    def __init__(self, seed: int) -> None:
        rng = np.random.default_rng(seed)
        self.z = rng.normal(size=(7, 2))
        self.out = rng.normal(size=(3, 4))
        self.theta = rng.normal(size=8)
        self.c = rng.normal(size=3)

    def image(self, theta: Array) -> Array:
        """Map the batch to (n, 3)."""
        hidden: Array = np.tanh(self.z @ theta.reshape(4, 2).T) @ self.out.T
        return hidden

    def logit(self, x: Array) -> Array:
        """Give h for each point."""
        along: Array = x @ self.c
        return along + along**2 / 2

    def loss(self, theta: Array) -> float:
        """Average log(1 - sigma(h)) over the batch."""
        h = self.logit(self.image(theta))
        return float(np.mean(np.log(1 / (1 + np.exp(h)))))

    def pieces(self) -> tuple[Array, Array, Array]:
        """Return h, its gradient in x, and the differences of G in theta."""
        x = self.image(self.theta)
        along = x @ self.c
        steps = 1e-6 * np.eye(8)
        slopes = [
            (self.image(self.theta + s) - self.image(self.theta - s)) / 2e-6
            for s in steps
        ]
        slope_of_h = (1 + along)[:, None] * self.c
        return self.logit(x), slope_of_h, np.stack(slopes, axis=-1)


@pytest.mark.parametrize("seed", range(5))
def test_the_gradient_agrees_with_differences_of_a_small_network(seed: int) -> None:
    network = Generator(seed)
    steps = 1e-6 * np.eye(8)
    slopes = [
        (network.loss(network.theta + s) - network.loss(network.theta - s)) / 2e-6
        for s in steps
    ]

    gradient = hw3.generator_gradient(*network.pieces())

    assert np.allclose(gradient, slopes, rtol=1e-5, atol=1e-7)


def test_the_limit_is_where_the_logistic_function_vanishes() -> None:
    x = sp.symbols("x", real=True)
    logistic = 1 / (1 + sp.exp(-x))

    assert sp.limit(logistic, x, -sp.oo) == 0
    assert float(-sp.oo) == hw3.h_limit
    assert sp.limit(logistic, x, sp.oo) == 1


@given(h=st.floats(-30, 30))
def test_the_gradients_size_is_the_discriminators_value(h: float) -> None:
    share = 1 / (1 + math.exp(-h))

    assert hw3.gradient_size(share) == pytest.approx(abs(float(hw3.dlog_dh(h))))
