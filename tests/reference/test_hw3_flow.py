"""Question 1 of homework 3 against mathematics that knows nothing of the reference."""

import math
from functools import partial

import numpy as np
import pytest
import sympy as sp
from hypothesis import assume, given
from hypothesis import strategies as st
from numpy.typing import NDArray

from reference import hw3

Array = NDArray[np.float64]
X0 = np.array([0.0, 1.0, 1 / 3])

own_determinant = partial(hw3.abs_det_jacobian, jacobian=hw3.jacobian)
coordinates = st.floats(-2, 2)
points = st.tuples(coordinates, coordinates, coordinates).map(np.array)


def flow(z: Array) -> Array:
    """Map latent points to the data, as the question prints it."""
    return np.array(
        [z[0], z[1] * np.exp(z[0]), np.cbrt(z[2] * np.exp(-z[0]) + z[0] ** 2)]
    )


def symbolic_flow() -> tuple[sp.Matrix, list[sp.Symbol]]:
    """Write the map for sympy, where the inner expression is positive."""
    z1, z2, z3 = sp.symbols("z1 z2 z3", real=True)
    inner = z3 * sp.exp(-z1) + z1**2
    image = sp.Matrix([z1, z2 * sp.exp(z1), inner ** sp.Rational(1, 3)])
    return image, [z1, z2, z3]


def inner(z: Array) -> float:
    return float(z[2] * math.exp(-z[0]) + z[0] ** 2)


@given(z=points)
def test_the_inverse_undoes_the_map(z: Array) -> None:
    back = hw3.f_inverse(flow(z))

    assert np.allclose(back, z, atol=1e-10)


@given(x=points)
def test_the_map_undoes_the_inverse(x: Array) -> None:
    there = flow(hw3.f_inverse(x))

    assert np.allclose(there**3, x**3, atol=1e-9)


def test_the_inverse_is_what_solving_the_equations_gives() -> None:
    z1, z2, z3, x1, x2, x3 = sp.symbols("z1 z2 z3 x1 x2 x3", real=True)
    equations = [
        z1 - x1,
        z2 * sp.exp(z1) - x2,
        z3 * sp.exp(-z1) + z1**2 - x3**3,
    ]
    [solution] = sp.solve(equations, [z1, z2, z3], dict=True)
    exact = sp.lambdify([x1, x2, x3], [solution[z] for z in (z1, z2, z3)])

    for x in np.random.default_rng(1).uniform(-2, 2, (20, 3)):
        assert np.allclose(hw3.f_inverse(x), exact(*x), rtol=1e-12)


def test_the_latent_point_is_mapped_to_x0() -> None:
    z0 = hw3.z0(f_inverse=hw3.f_inverse)

    assert np.allclose(flow(z0), X0, atol=1e-15)


@given(z=points)
def test_the_jacobian_is_the_symbolic_one_where_u_is_positive(z: Array) -> None:
    assume(inner(z) > 1e-3)
    image, symbols = symbolic_flow()
    exact = image.jacobian(symbols).subs(dict(zip(symbols, z, strict=True)))

    assert np.allclose(hw3.jacobian(z), np.array(exact, dtype=float), rtol=1e-10)


@pytest.mark.parametrize("sign", [-1, 1], ids=["u below 0", "u above 0"])
def test_the_jacobian_agrees_with_differences_on_either_side(sign: int) -> None:
    drawn = np.random.default_rng(2).uniform(-2, 2, (200, 3))
    chosen = [z for z in drawn if sign * inner(z) > 0.1]
    assert len(chosen) > 20

    for z in chosen:
        steps = 1e-6 * np.eye(3)
        slopes = [(flow(z + step) - flow(z - step)) / 2e-6 for step in steps]
        assert np.allclose(hw3.jacobian(z), np.transpose(slopes), rtol=1e-6, atol=1e-7)


@given(z=points)
def test_the_determinant_is_the_reciprocal_of_the_inverse_maps(z: Array) -> None:
    assume(abs(inner(z)) > 1e-3)
    x1, x2, x3 = sp.symbols("x1 x2 x3", real=True)
    inverse = sp.Matrix([x1, x2 * sp.exp(-x1), (x3**3 - x1**2) * sp.exp(x1)])
    determinant = sp.lambdify([x1, x2, x3], inverse.jacobian([x1, x2, x3]).det())

    there = abs(determinant(*flow(z)))

    assert own_determinant(z) * there == pytest.approx(1, rel=1e-9)


def test_volumes_of_small_boxes_grow_by_the_determinant() -> None:
    rng = np.random.default_rng(3)
    centre, side = np.array([0.4, -0.7, 1.1]), 0.05
    corners = np.array([flow(centre + side * (np.array(c) - 0.5)) for c in CUBE])
    low, high = corners.min(axis=0), corners.max(axis=0)
    cloud = rng.uniform(low, high, (40_000, 3))
    back = np.array([hw3.f_inverse(x) for x in cloud])
    hit = np.mean(np.all(np.abs(back - centre) < side / 2, axis=1))

    volume = hit * np.prod(high - low)

    assert volume / side**3 == pytest.approx(own_determinant(centre), rel=0.03)


CUBE = [(i, j, k) for i in (0, 1) for j in (0, 1) for k in (0, 1)]


def density(x: Array) -> float:
    latent = hw3.f_inverse(x)
    return hw3.p_x0(z0=latent, abs_det_jacobian=own_determinant)


def test_the_density_of_x_integrates_to_one() -> None:
    nodes, weights = np.polynomial.legendre.leggauss(36)
    few, few_weights = np.polynomial.legendre.leggauss(16)
    total = 0.0

    for x1, w1 in zip(5 * nodes, 5 * weights, strict=True):
        low = np.cbrt(x1**2 - 7 * math.exp(-x1))
        high = np.cbrt(x1**2 + 7 * math.exp(-x1))
        half, centre = (high - low) / 2, (high + low) / 2
        for t, w2 in zip(5 * few, 5 * few_weights, strict=True):
            x2 = t * math.exp(x1)
            along = [density(np.array([x1, x2, centre + half * s])) for s in nodes]
            total += w1 * w2 * math.exp(x1) * half * float(np.dot(weights, along))

    assert total == pytest.approx(1, abs=2e-3)


def test_the_density_at_x0_is_what_samples_show() -> None:
    rng = np.random.default_rng(4)
    cloud = flow(rng.normal(size=(3, 4_000_000)))
    side = np.array([[0.4], [0.4], [0.2]])
    inside = np.mean(np.all(np.abs(cloud - X0[:, None]) < side / 2, axis=0))
    around = [density(X0 + side[:, 0] * (c - 0.5)) for c in rng.random((2_000, 3))]

    probability = np.mean(around) * np.prod(side)

    assert inside == pytest.approx(probability, rel=0.06)


def test_the_density_at_x0_has_its_closed_form() -> None:
    exact = sp.exp(-sp.Rational(365, 729)) / (3 * (2 * sp.pi) ** sp.Rational(3, 2))
    z0 = hw3.z0(f_inverse=hw3.f_inverse)

    value = hw3.p_x0(z0=z0, abs_det_jacobian=own_determinant)

    assert value == pytest.approx(float(exact.evalf(30)), rel=1e-14)


@pytest.mark.parametrize(
    ("jacobian", "reason"),
    [
        pytest.param(lambda _: np.eye(2), "shape", id="two by two"),
        pytest.param(lambda _: "eye", "real numbers", id="a text"),
        pytest.param(lambda _: np.full((3, 3), np.nan), "finite", id="not a number"),
        pytest.param(lambda _: [[1], [2, 3]], "real numbers", id="ragged"),
    ],
)
def test_a_jacobian_that_leads_nowhere_is_refused(
    jacobian: hw3.VectorMap, reason: str
) -> None:
    with pytest.raises(ValueError, match=reason):
        hw3.abs_det_jacobian(np.ones(3), jacobian=jacobian)


@pytest.mark.parametrize("volume", [0.0, -1.0, math.inf, math.nan])
def test_no_density_is_divided_by_a_senseless_determinant(volume: float) -> None:
    with pytest.raises(ValueError, match="abs_det_jacobian"):
        hw3.p_x0(z0=np.ones(3), abs_det_jacobian=lambda _: volume)


def test_a_wrong_earlier_answer_is_followed() -> None:
    def twice(z: Array) -> Array:
        return 2 * hw3.jacobian(z)

    z = np.array([0.3, 0.2, 1.0])

    assert hw3.abs_det_jacobian(z, jacobian=twice) == pytest.approx(
        8 * own_determinant(z)
    )
