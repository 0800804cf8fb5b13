"""Homework 3, what students may check: their own answers -> None, or what does not fit.

Each property takes answers by their names and asks whether they fit the question as it
is printed, or each other. No property knows an answer, so this file may be given away.
"""

import math
from collections.abc import Callable
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
VectorMap = Callable[[Array], ArrayLike]
Function = Callable[[float], float]

LATENT_POINTS = (
    np.array([0.5, -1.0, 2.0]),
    np.array([-1.0, 0.5, 1.0]),
    np.array([0.3, 2.0, -1.5]),
    np.array([0.0, 1.0, -0.5]),
)
LEVELS = (0.05, 0.2, 0.4, 0.6)
STEP = 1e-5
CLOSE = 1e-4
SURE = 1e-6


# --- question 1 ----------------------------------------------------------------------


def f(z: Array) -> Array:
    """Map latent points to the data, as the question prints it."""
    inner = z[2] * np.exp(-z[0]) + z[0] ** 2
    return np.array([z[0], z[1] * np.exp(z[0]), np.cbrt(inner)])


def inverse_undoes_the_map(*, f_inverse: VectorMap) -> str | None:
    """Go there and back again."""
    for z in LATENT_POINTS:
        back = np.asarray(f_inverse(f(z)), dtype=float)
        if back.shape != z.shape:
            return f"f_inverse returns shape {back.shape}; a point has shape (3,)"
        if not np.allclose(back, z, atol=SURE):
            return f"f_inverse(f(z)) is not z at z = {z}"
    return None


def z0_is_mapped_to_x0(*, z0: ArrayLike) -> str | None:
    """Map the latent point forward."""
    point = np.asarray(z0, dtype=float)
    if point.shape != (3,):
        return f"z0 has shape {point.shape}; a point has shape (3,)"
    if not np.allclose(f(point), (0, 1, 1 / 3), atol=SURE):
        return "f(z0) is not x0"
    return None


def jacobian_agrees_with_differences(*, jacobian: VectorMap) -> str | None:
    """Compare with difference quotients of f."""
    for z in LATENT_POINTS:
        given = np.asarray(jacobian(z))
        if given.shape != (3, 3):
            return f"jacobian returns shape {given.shape}, not (3, 3)"
        steps = STEP * np.eye(3)
        slopes = np.array([(f(z + s) - f(z - s)) / (2 * STEP) for s in steps]).T
        if not np.allclose(given, slopes, rtol=CLOSE, atol=CLOSE):
            return f"jacobian(z) is not how f changes around z = {z}"
    return None


def determinant_belongs_to_the_jacobian(
    *, abs_det_jacobian: VectorMap, jacobian: VectorMap
) -> str | None:
    """Compare the two answers with each other."""
    for z in LATENT_POINTS:
        volume = abs(float(np.linalg.det(np.asarray(jacobian(z), dtype=float))))
        if not math.isclose(real(abs_det_jacobian(z)), volume, rel_tol=CLOSE):
            return f"abs_det_jacobian(z) and jacobian(z) do not fit at z = {z}"
    return None


def density_is_positive(*, p_x0: float) -> str | None:
    """Look at the sign alone."""
    return None if 0 < real(p_x0) < math.inf else "a density is positive and finite"


# --- question 2 ----------------------------------------------------------------------


def kl_bound_is_never_negative(
    *, kl_bound_from_event: Callable[[float, float], float]
) -> str | None:
    """Look at the sign, and at an event of no size, which can tell nothing apart."""
    if not all(real(kl_bound_from_event(eps, 0.5)) >= 0 for eps in LEVELS):
        return "a divergence is never negative, so such a bound says nothing"
    if not all(abs(real(kl_bound_from_event(eps, 0.0))) <= SURE for eps in LEVELS):
        return "an event without volume gives no bound"
    return None


def radius_grows_with_eps(
    *, radius_squared: Callable[[float, float], float]
) -> str | None:
    """Lower the level: the set where the density lies above it grows."""
    radii = [real(radius_squared(eps, 0.1)) for eps in LEVELS]
    if not all(a < b for a, b in pairwise(radii)):
        return "the set grows with eps, and so does its radius"
    return None


def volume_bound_is_positive(*, volume_bound: Function) -> str | None:
    """Look at the sign, and at how it changes with eps."""
    bounds = [real(volume_bound(eps)) for eps in LEVELS]
    if not all(bound > 0 for bound in bounds):
        return "a volume is positive, and so is what bounds it from above"
    if not all(a < b for a, b in pairwise(bounds)):
        return "the set grows with eps, and so does the bound"
    return None


def tv_bound_stays_below_eps(*, tv_bound: Function) -> str | None:
    """Bound the bound: no event tells more apart than eps on an area of 1."""
    for eps in LEVELS:
        if not real(tv_bound(eps)) < eps:
            return f"the bound cannot reach eps, as it does at eps = {eps}"
    return None


def eps_max_is_where_tv_bound_ends(*, eps_max: float, tv_bound: Function) -> str | None:
    """Look at the signs on both sides."""
    end = real(eps_max)
    if not 0 < end < 1:
        return "eps_max does not lie between 0 and 1"
    if not all(real(tv_bound(share * end)) > 0 for share in (0.5, 0.99)):
        return "your tv_bound is not positive up to your eps_max"
    if not real(tv_bound(min(1.01 * end, 0.899))) <= 0:
        return "your tv_bound is still positive after your eps_max"
    return None


def eps_star_is_best(*, eps_star: float, tv_bound: Function) -> str | None:
    """Look around for a better one."""
    best = real(tv_bound(real(eps_star)))
    if not all(real(tv_bound(k / 50)) <= best + SURE for k in range(1, 45)):
        return "your tv_bound is larger elsewhere than at your eps_star"
    return None


def kl_bound_follows_from_tv_bound(
    *,
    kl_bound: float,
    eps_star: float,
    tv_bound: Function,
    kl_bound_from_event: Callable[[float, float], float],
) -> str | None:
    """Put your own best bound into your own 2a."""
    eps = real(eps_star)
    volume = real(tv_bound(eps)) / eps
    follows = real(kl_bound_from_event(eps, volume))
    if not math.isclose(real(kl_bound), follows, rel_tol=CLOSE):
        return "kl_bound is not what your 2a makes of your best tv_bound"
    return None


# --- question 3 ----------------------------------------------------------------------


def slope_agrees_with_differences(
    *, dL_dD: Callable[[float, float, float], float]
) -> str | None:
    """Compare with difference quotients of the integrand of L."""
    for D, p, q in ((0.3, 0.5, 1.5), (0.8, 2.0, 0.25), (0.5, 1.0, 0.7)):
        up, down = integrand(D + STEP, p, q), integrand(D - STEP, p, q)
        slope = (up - down) / (2 * STEP)
        if not math.isclose(real(dL_dD(D, p, q)), slope, rel_tol=CLOSE, abs_tol=CLOSE):
            return f"dL_dD is not how the integrand changes around D = {D}"
    return None


def integrand(D: float, p_data: float, p_theta: float) -> float:
    """Evaluate the integrand of L, as the question prints it."""
    return -p_data * math.log(D) - p_theta * math.log(1 - D)


def discriminator_is_a_probability(
    *, optimal_discriminator: Callable[[float, float], float]
) -> str | None:
    """Look at the range."""
    for p, q in ((0.5, 1.5), (2.0, 0.25), (1.0, 1.0)):
        if not 0 < real(optimal_discriminator(p, q)) < 1:
            return f"D* does not lie between 0 and 1 at p_data = {p}, p_theta = {q}"
    return None


def slope_vanishes_at_the_optimum(
    *,
    dL_dD: Callable[[float, float, float], float],
    optimal_discriminator: Callable[[float, float], float],
) -> str | None:
    """Put your own D* into your own derivative."""
    for p, q in ((0.5, 1.5), (2.0, 0.25), (1.0, 0.7)):
        if not abs(real(dL_dD(real(optimal_discriminator(p, q)), p, q))) <= SURE:
            return f"your dL_dD is not 0 at your D* for p_data = {p}, p_theta = {q}"
    return None


def optimal_value_lies_in_range(
    *, optimal_value: Callable[[Array, Array], float]
) -> str | None:
    """Compare with the value that a coin earns in place of D: 2 log 2."""
    for p, q in (([0.5, 0.5], [0.25, 0.75]), ([0.5, 0.5, 0.0], [0.0, 0.5, 0.5])):
        value = real(optimal_value(np.array(p), np.array(q)))
        if not 0 <= value <= 2 * math.log(2) + SURE:
            return f"the value is not between 0 and 2 log 2 for {p} and {q}"
    return None


# --- question 4 ----------------------------------------------------------------------


def log_slope_agrees_with_differences(*, dlog_dh: Function) -> str | None:
    """Compare with difference quotients of log(1 - sigma(h))."""
    for h in (-3.0, -0.5, 0.0, 1.0, 2.5):
        slope = (log_loss(h + STEP) - log_loss(h - STEP)) / (2 * STEP)
        if not math.isclose(real(dlog_dh(h)), slope, rel_tol=CLOSE, abs_tol=CLOSE):
            return f"dlog_dh is not how log(1 - sigma(h)) changes around h = {h}"
    return None


def log_loss(h: float) -> float:
    """Evaluate log(1 - sigma(h))."""
    return math.log(1 - 1 / (1 + math.exp(-h)))


def gradient_is_linear_in_dG(
    *, generator_gradient: Callable[[Array, Array, Array], ArrayLike]
) -> str | None:
    """Scale and add; and show the batch twice, which changes no average."""
    h, J_h = np.array([0.5, -1.0]), np.array([[1.0, 2.0], [-1.0, 0.5]])
    one = np.arange(12.0).reshape(2, 2, 3) / 10
    other = np.ones((2, 2, 3))
    g_one = np.asarray(generator_gradient(h, J_h, one), dtype=float)
    g_other = np.asarray(generator_gradient(h, J_h, other), dtype=float)
    if g_one.shape != (3,):
        return f"the gradient has shape {g_one.shape}; theta has 3 entries here"
    both = np.asarray(generator_gradient(h, J_h, 2 * one - other), dtype=float)
    if not np.allclose(both, 2 * g_one - g_other):
        return "the gradient is not linear in dG"
    twice = generator_gradient(
        np.tile(h, 2), np.tile(J_h, (2, 1)), np.tile(one, (2, 1, 1))
    )
    if not np.allclose(np.asarray(twice, dtype=float), g_one):
        return "the same batch shown twice has another gradient: L_G is a mean"
    return None


def h_limit_is_no_number(*, h_limit: float) -> str | None:
    """Ask for a limit that no h reaches."""
    return None if math.isinf(real(h_limit)) else "sigma(h) gets there for no finite h"


def gradient_size_belongs_to_dlog_dh(
    *, gradient_size: Function, dlog_dh: Function
) -> str | None:
    """Compare the two answers with each other, at D = sigma(h)."""
    for h in (-3.0, -0.5, 0.0, 1.0, 2.5):
        size = real(gradient_size(1 / (1 + math.exp(-h))))
        if not math.isclose(size, abs(real(dlog_dh(h))), rel_tol=CLOSE):
            return f"gradient_size and dlog_dh do not fit at h = {h}"
    return None


def real(value: ArrayLike) -> float:
    """Take *value* for one real number."""
    return float(np.asarray(value, dtype=float))
