"""Question 2 of homework 3 by brute force: areas counted, distances summed."""

import math
from collections.abc import Callable
from functools import partial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from reference import hw3

Array = NDArray[np.float64]
Bound = Callable[[float], float]

own_tv = partial(hw3.tv_bound, volume_bound=hw3.volume_bound)
levels = st.floats(0.01, 0.85)


def latent_density(z: Array) -> Array:
    """Evaluate the standard normal density in the plane."""
    density: Array = np.exp(-0.5 * (z**2).sum(axis=0)) / (2 * math.pi)
    return density


def flow_density(x: Array, stretch: float) -> Array:
    """Push the normal forward by a bent map whose Jacobian determinant is stretch.

    x = (s z1, s z2 + sin(z1)) with s = sqrt(stretch): a shear keeps areas.
    """
    s = math.sqrt(stretch)
    z1 = x[0] / s
    return latent_density(np.array([z1, (x[1] - np.sin(z1)) / s])) / stretch


def plane(side: float, cells: int) -> tuple[Array, float]:
    """Cut a square around 0 into cells; return their centres and the area of one."""
    ticks = (np.arange(cells) + 0.5) / cells * 2 * side - side
    return np.array(np.meshgrid(ticks, ticks)), (2 * side / cells) ** 2


def area_above(level: float, stretch: float) -> float:
    """Count the area on which the flow's density reaches *level*."""
    reach = math.sqrt(stretch) * math.sqrt(
        max(-2 * math.log(2 * math.pi * stretch * level), 0)
    )
    centres, area = plane(reach + 1.05, 900)
    return float(np.sum(flow_density(centres, stretch) >= level)) * area


distributions = st.lists(st.floats(0.01, 1), min_size=6, max_size=6).map(
    lambda weights: np.array(weights) / sum(weights)
)


@given(p=distributions, q=distributions, event=st.sets(st.integers(0, 5)))
def test_the_divergence_is_never_below_the_bound_of_an_event(
    p: Array, q: Array, event: set[int]
) -> None:
    chosen = sorted(event)
    divergence = float(np.sum(p * np.log(p / q)))
    difference = float(p[chosen].sum() - q[chosen].sum())

    assert hw3.kl_bound_from_event(difference, 1.0) <= divergence + 1e-12


def test_the_bound_of_an_event_knows_eps_times_volume_only() -> None:
    bound = hw3.kl_bound_from_event(0.3, 0.5)

    assert bound == pytest.approx(hw3.kl_bound_from_event(0.15, 1.0))
    assert bound == pytest.approx(2 * 0.15**2)


@given(eps=levels, stretch=st.floats(0.01, 0.17))
def test_the_density_on_the_circle_is_the_level(eps: float, stretch: float) -> None:
    radius = math.sqrt(hw3.radius_squared(eps, stretch))
    angle = np.array([0.0, 1.0, 2.0, 5.0])
    circle = radius * np.array([np.cos(angle), np.sin(angle)])

    assert np.allclose(latent_density(circle) / stretch, 0.9 - eps, rtol=1e-10)


@given(eps=levels, stretch=st.floats(0.01, 0.17))
def test_both_readings_of_the_determinant_give_one_radius(
    eps: float, stretch: float
) -> None:
    other = hw3.radius_squared_of_the_inverse(eps, 1 / stretch)

    assert other == pytest.approx(hw3.radius_squared(eps, stretch))


@pytest.mark.parametrize("eps", [0.05, 0.3, 0.6])
@pytest.mark.parametrize("stretch", [0.02, 0.06, 0.12, 0.17])
def test_the_area_that_is_counted_is_that_of_the_disc(
    eps: float, stretch: float
) -> None:
    disc = stretch * math.pi * hw3.radius_squared(eps, stretch)

    assert area_above(0.9 - eps, stretch) == pytest.approx(disc, rel=0.02)


@pytest.mark.parametrize("eps", [0.05, 0.3, 0.6])
def test_no_flow_covers_more_than_the_bound(eps: float) -> None:
    tightest = 1 / (2 * math.pi * math.e * (0.9 - eps))
    counted = [area_above(0.9 - eps, tightest * f) for f in (0.2, 0.6, 1.0, 1.6, 2.4)]

    assert max(counted) <= hw3.volume_bound(eps) * 1.01
    assert counted[2] == pytest.approx(hw3.volume_bound(eps), rel=0.01)
    assert counted[2] > hw3.volume_bound_factor_two_lost(eps) * 1.5


@given(eps=levels)
def test_the_two_weaker_bounds_are_true_all_the_same(eps: float) -> None:
    bound = hw3.volume_bound(eps)

    assert hw3.volume_bound_squared_denominator(eps) > bound
    assert hw3.volume_bound_without_e(eps) > bound


@given(eps=levels)
def test_the_bound_of_the_published_kind_is_never_positive(eps: float) -> None:
    assert hw3.tv_bound_without_e_squared(eps) < 0


def distances(stretch: float, shift: float) -> tuple[float, float]:
    """Sum total variation and divergence between p and one flow, on a fine grid.

    A is the unit square around (*shift*, 0), B the one beside it.
    """
    centres, area = plane(8.0, 1600)
    x, y = centres
    tall = (np.abs(x - shift) < 0.5) & (np.abs(y) < 0.5)
    flat = (np.abs(x - shift - 1) < 0.5) & (np.abs(y) < 0.5)
    p = 0.9 * tall + 0.1 * flat
    q = flow_density(centres, stretch)
    there = p > 0
    divergence = np.sum(p[there] * np.log(p[there] / q[there])) * area
    return 0.5 * float(np.abs(p - q).sum()) * area, float(divergence)


@pytest.mark.parametrize("stretch", [0.05, 0.1, 0.2, 0.5, 1.0])
@pytest.mark.parametrize("shift", [0.0, 0.3])
def test_no_flow_comes_nearer_than_the_bounds_say(stretch: float, shift: float) -> None:
    variation, divergence = distances(stretch, shift)
    best = max(own_tv(eps) for eps in np.linspace(0.01, 0.89, 300))

    assert variation >= best
    assert divergence >= hw3.kl_bound(tv_bound=own_tv)


def test_the_bound_is_positive_up_to_eps_max_and_no_further() -> None:
    end = hw3.eps_max(tv_bound=own_tv)

    assert all(own_tv(eps) > 0 for eps in np.linspace(1e-6, end - 1e-9, 500))
    assert all(own_tv(eps) < 0 for eps in np.linspace(end + 1e-9, 0.899, 500))
    assert end == pytest.approx(0.9 - math.exp(-1), abs=1e-13)


def test_no_eps_of_a_fine_grid_beats_eps_star() -> None:
    grid = np.linspace(0.001, 0.899, 200_001)
    values = grid * (1 - 1 / (math.e * (0.9 - grid)))
    star = hw3.eps_star(tv_bound=own_tv)

    assert own_tv(star) >= values.max()
    assert star == pytest.approx(grid[values.argmax()], abs=1e-5)
    assert hw3.kl_bound(tv_bound=own_tv) == pytest.approx(2 * values.max() ** 2)


def test_the_optimum_has_its_closed_form() -> None:
    height = (math.sqrt(0.9) - math.exp(-0.5)) ** 2

    star = hw3.eps_star(tv_bound=own_tv)
    bound = hw3.kl_bound(tv_bound=own_tv)

    assert star == pytest.approx(0.9 - math.sqrt(0.9 / math.e), abs=1e-11)
    assert bound == pytest.approx(2 * height**2, rel=1e-12)


@given(c=st.floats(0.02, 0.8))
def test_a_students_own_bound_is_followed_to_its_own_optimum(c: float) -> None:
    own = partial(hw3.tv_bound, volume_bound=lambda eps: c / (0.9 - eps))

    star = hw3.eps_star(tv_bound=own)
    end = hw3.eps_max(tv_bound=own)

    assert star == pytest.approx(0.9 - math.sqrt(0.9 * c), abs=1e-8)
    assert end == pytest.approx(0.9 - c, abs=1e-11)


def test_a_bound_of_another_shape_is_followed_too() -> None:
    def wave(eps: float) -> float:
        return 0.3 * math.sin(5 * eps)

    assert hw3.eps_star(tv_bound=wave) == pytest.approx(math.pi / 10, abs=1e-10)
    assert hw3.eps_max(tv_bound=wave) == pytest.approx(math.pi / 5, abs=1e-12)
    assert hw3.kl_bound(tv_bound=wave) == pytest.approx(0.18, rel=1e-12)


@pytest.mark.parametrize("ask", [hw3.eps_max, hw3.eps_star, hw3.kl_bound])
def test_following_a_bound_takes_fewer_than_200_calls(
    ask: Callable[..., float],
) -> None:
    calls: list[float] = []

    def counted(eps: float) -> float:
        calls.append(eps)
        return own_tv(eps)

    ask(tv_bound=counted)

    assert len(calls) < 200
    assert all(type(eps) is float and 0 < eps < 0.9 for eps in calls)


@pytest.mark.parametrize(
    "bound",
    [
        pytest.param(lambda eps: -eps, id="never positive"),
        pytest.param(lambda _: 0.0, id="zero throughout"),
        pytest.param(lambda eps: eps, id="positive throughout"),
        pytest.param(hw3.tv_bound_without_e_squared, id="too weak a volume bound"),
        pytest.param(lambda _: math.nan, id="not a number"),
        pytest.param(lambda _: "large", id="a text"),
        pytest.param(lambda _: [0.1, 0.2], id="two numbers"),
        pytest.param(lambda eps: complex(eps, 1), id="complex"),
    ],
)
@pytest.mark.parametrize("ask", [hw3.eps_max, hw3.eps_star, hw3.kl_bound])
def test_a_bound_that_leads_nowhere_is_refused(
    ask: Callable[..., float], bound: Bound
) -> None:
    with pytest.raises(ValueError, match="bound"):
        ask(tv_bound=bound)
