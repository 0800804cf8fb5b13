"""Each known mistake of homework 3 differs from the truth, and from its neighbours."""

from collections.abc import Callable
from functools import partial
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from reference import hw3

Array = NDArray[np.float64]
Answer = Any  # a value, or a function of the drawn inputs

own_determinant = partial(hw3.abs_det_jacobian, jacobian=hw3.jacobian)
own_z0 = hw3.z0(f_inverse=hw3.f_inverse)
latent: dict[str, Any] = {"z0": own_z0, "abs_det_jacobian": own_determinant}

# the truth first, then what is mistaken for it
FAMILIES: dict[str, list[Answer]] = {
    "1a": [hw3.f_inverse, hw3.f_inverse_without_exp],
    "1c": [
        hw3.jacobian,
        hw3.jacobian_without_inner_derivative,
        hw3.jacobian_transposed,
        hw3.jacobian_without_third,
        hw3.jacobian_without_exp_in_33,
        hw3.jacobian_for_positive_u,
    ],
    "1d": [
        own_determinant,
        partial(hw3.abs_det_jacobian_reciprocal, jacobian=hw3.jacobian),
        hw3.abs_det_jacobian_for_positive_u,
    ],
    "1e": [
        hw3.p_x0(**latent),
        hw3.p_x0_exponent_of_one_half(),
        hw3.p_x0_at_one_half(),
        hw3.p_x0_multiplied(**latent),
        hw3.p_x0_without_half(**latent),
        hw3.p_x0_one_dimensional(**latent),
    ],
    "2a": [hw3.kl_bound_from_event, hw3.kl_bound_without_volume],
    "2b-i": [
        hw3.radius_squared,
        hw3.radius_squared_of_the_inverse,
        hw3.radius_squared_one_dimensional,
    ],
    "2b-ii": [
        hw3.volume_bound,
        hw3.volume_bound_factor_two_lost,
        hw3.volume_bound_squared_denominator,
        hw3.volume_bound_without_e,
        hw3.volume_bound_one_dimensional,
    ],
    "2c": [
        partial(hw3.tv_bound, volume_bound=hw3.volume_bound),
        hw3.tv_bound_without_e_squared,
    ],
    "3a": [hw3.dL_dD, hw3.dL_dD_data_sign, hw3.dL_dD_model_sign],
    "3b": [hw3.optimal_discriminator, hw3.optimal_discriminator_swapped],
    "3c": [hw3.optimal_value, hw3.optimal_value_sign, hw3.optimal_value_with_nan],
    "4a": [hw3.dlog_dh, hw3.dlog_dh_without_sign],
    "4b": [
        hw3.generator_gradient,
        hw3.generator_gradient_without_sign,
        hw3.generator_gradient_sum,
    ],
    "4c": [hw3.h_limit, hw3.h_limit_positive],
}


Draw = Callable[[np.random.Generator], tuple[Any, ...]]

INPUTS: dict[str, Draw] = {
    "1a": lambda rng: (rng.uniform(-2, 2, 3),),
    "1c": lambda rng: (rng.uniform(-2, 2, 3),),
    "1d": lambda rng: (rng.uniform(-2, 2, 3),),
    "2a": lambda rng: (rng.uniform(0.1, 0.8), rng.uniform(0.1, 0.9)),
    "2b-i": lambda rng: (rng.uniform(0.1, 0.8), rng.uniform(0.02, 0.15)),
    "2b-ii": lambda rng: (rng.uniform(0.1, 0.8),),
    "2c": lambda rng: (rng.uniform(0.1, 0.8),),
    "3a": lambda rng: (rng.uniform(0.1, 0.9), *rng.uniform(0.1, 3, 2)),
    "3b": lambda rng: tuple(rng.uniform(0.1, 3, 2)),
    "3c": lambda rng: (spread(rng, zeros=True), spread(rng, zeros=False)),
    "4a": lambda rng: (rng.uniform(-5, 5),),
    "4b": lambda rng: (rng.normal(size=4), rng.normal(size=(4, 3)), weights(rng)),
}


def weights(rng: np.random.Generator) -> Array:
    return rng.normal(size=(4, 3, 2))


def spread(rng: np.random.Generator, *, zeros: bool) -> Array:
    """Draw a distribution on four points."""
    mass = rng.uniform(0.1, 1, 4)
    mass[:3] *= rng.integers(0, 2, 3) if zeros else 1
    drawn: Array = mass / mass.sum()
    return drawn


def values_at(answer: Answer, draws: list[tuple[Any, ...]]) -> list[Array]:
    """Ask one answer at every draw."""
    if not callable(answer):
        return [np.asarray(answer, dtype=float)]
    return [np.asarray(answer(*draw), dtype=float) for draw in draws]


def agree(some: list[Array], others: list[Array]) -> bool:
    return all(
        np.allclose(a, b, rtol=1e-5, atol=1e-8, equal_nan=True)
        for a, b in zip(some, others, strict=True)
    )


@pytest.mark.parametrize("part", FAMILIES)
def test_no_two_answers_of_a_family_can_be_mistaken(part: str) -> None:
    rng = np.random.default_rng(6)
    draws = [INPUTS[part](rng) for _ in range(8)] if part in INPUTS else []
    family = [values_at(answer, draws) for answer in FAMILIES[part]]

    for one, other in combinations(family, 2):
        assert not agree(one, other)


@pytest.mark.parametrize(
    "jacobian", [hw3.jacobian_without_inner_derivative, hw3.jacobian_transposed]
)
def test_some_wrong_jacobians_have_the_right_determinant(
    jacobian: hw3.VectorMap,
) -> None:
    z = np.array([0.5, -1.0, 1.5])

    wrong = hw3.abs_det_jacobian(z, jacobian=jacobian)

    assert wrong == pytest.approx(own_determinant(z))


@pytest.mark.parametrize(
    ("jacobian", "factor"),
    [
        pytest.param(hw3.jacobian_without_third, 3.0, id="1/3 forgotten"),
        pytest.param(
            hw3.jacobian_without_exp_in_33, float(np.exp(0.5)), id="exp(-z1) forgotten"
        ),
    ],
)
def test_other_wrong_jacobians_change_the_determinant(
    jacobian: hw3.VectorMap, factor: float
) -> None:
    z = np.array([0.5, -1.0, 1.5])

    wrong = hw3.abs_det_jacobian(z, jacobian=jacobian)

    assert wrong == pytest.approx(factor * own_determinant(z))


def test_the_density_at_another_point_is_a_right_one_there() -> None:
    scale = (2 * np.pi) ** -1.5
    exponent = np.exp(-65 / 128)

    assert hw3.p_x0_at_one_half() == pytest.approx(3 / 4 * scale * exponent)
    assert hw3.p_x0_exponent_of_one_half() == pytest.approx(scale * exponent / 3)


@pytest.mark.parametrize("z3", [-1.5, 1.5], ids=["u below 0", "u above 0"])
def test_the_power_of_a_negative_number_is_lost_on_one_side_only(z3: float) -> None:
    z = np.array([0.5, -1.0, z3])
    right = z3 > 0

    found = hw3.jacobian_for_positive_u(z)

    assert np.allclose(found, hw3.jacobian(z)) is right
    assert bool(np.isnan(found).any()) is not right
