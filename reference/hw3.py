"""Homework 3, normalizing flows and GANs: question -> right answer, part by part.

Answers have the names that submissions give them. One that builds on earlier answers
takes them as keyword-only parameters of their names, so that it can be asked again with
a student's own; where those lead nowhere it raises ValueError and says why. Below each
right answer stand the wrong ones worth knowing.
"""

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
VectorMap = Callable[[Array], ArrayLike]
Function = Callable[[float], float]

# --- 1: the density of a flow at a point -------------------------------------------

X0 = (0.0, 1.0, 1 / 3)
DIMENSION = 3


def f_inverse(x: Array) -> Array:
    """Undo f coordinate by coordinate."""
    return np.array(
        [x[0], x[1] * np.exp(-x[0]), (x[2] ** 3 - x[0] ** 2) * np.exp(x[0])]
    )


def f_inverse_without_exp(x: Array) -> Array:
    """Leave x2 as it is, as if f did not stretch the second coordinate."""
    return np.array([x[0], x[1], (x[2] ** 3 - x[0] ** 2) * np.exp(x[0])])


def z0(*, f_inverse: VectorMap) -> Array:
    """Pull x0 back through the inverse."""
    return finite_array(f_inverse(np.array(X0)), (DIMENSION,), "f_inverse(x0)")


def jacobian(z: Array) -> Array:
    """Differentiate f coordinate by coordinate."""
    return jacobian_by_slope(z, cube_root_slope(z))


def jacobian_by_slope(z: Array, slope: float) -> Array:
    """Apply the chain rule, given how steep the cube root is at u."""
    grow, decay = np.exp(z[0]), np.exp(-z[0])
    third = [slope * (2 * z[0] - z[2] * decay), 0.0, slope * decay]
    return np.array([[1.0, 0.0, 0.0], [z[1] * grow, grow, 0.0], third])


def cube_root_slope(z: Array) -> float:
    """Differentiate the real cube root at u, on either side of 0."""
    return float(np.cbrt(under_root(z)) ** -2 / 3)


def under_root(z: Array) -> float:
    """Evaluate u, what stands under the cube root in f."""
    return float(z[2] * np.exp(-z[0]) + z[0] ** 2)


def jacobian_without_inner_derivative(z: Array) -> Array:
    """Forget the chain rule in the entry (3, 1)."""
    wrong = jacobian(z)
    wrong[2, 0] = cube_root_slope(z)
    return wrong


def jacobian_transposed(z: Array) -> Array:
    """Let the rows be the variables and the columns the coordinates of f."""
    return jacobian(z).T


def jacobian_without_third(z: Array) -> Array:
    """Forget the factor 1/3 that the cube root leaves in the last row."""
    return jacobian_by_slope(z, 3 * cube_root_slope(z))


def jacobian_without_exp_in_33(z: Array) -> Array:
    """Forget the inner derivative exp(-z1) in the entry (3, 3)."""
    wrong = jacobian(z)
    wrong[2, 2] = cube_root_slope(z)
    return wrong


def jacobian_for_positive_u(z: Array) -> Array:
    """Raise a negative u to the power -2/3, which is no real number."""
    return jacobian_by_slope(z, abs_det_jacobian_for_positive_u(z))


def abs_det_jacobian(z: Array, *, jacobian: VectorMap) -> float:
    """Take the determinant of the Jacobian, without its sign."""
    matrix = finite_array(jacobian(z), (DIMENSION, DIMENSION), "jacobian(z)")
    return abs(float(np.linalg.det(matrix)))


def abs_det_jacobian_reciprocal(z: Array, *, jacobian: VectorMap) -> float:
    """Give the determinant of the inverse map in its place."""
    return 1 / positive(abs_det_jacobian(z, jacobian=jacobian), "abs det J")


def abs_det_jacobian_for_positive_u(z: Array) -> float:
    """Raise a negative u to the power -2/3, which is no real number."""
    return cube_root_slope(z) if under_root(z) > 0 else math.nan


def p_x0(*, z0: ArrayLike, abs_det_jacobian: VectorMap) -> float:
    """Change variables: the latent density at z0 over the stretching there."""
    return latent_density(z0) / stretching(z0, abs_det_jacobian)


def p_x0_multiplied(*, z0: ArrayLike, abs_det_jacobian: VectorMap) -> float:
    """Multiply by the stretching in place of dividing."""
    return latent_density(z0) * stretching(z0, abs_det_jacobian)


def p_x0_without_half(*, z0: ArrayLike, abs_det_jacobian: VectorMap) -> float:
    """Lose the 1/2 in the exponent of the normal density."""
    return latent_density(z0, half=1.0) / stretching(z0, abs_det_jacobian)


def p_x0_one_dimensional(*, z0: ArrayLike, abs_det_jacobian: VectorMap) -> float:
    """Normalise the three-dimensional normal density as a one-dimensional one."""
    return latent_density(z0, n=1) / stretching(z0, abs_det_jacobian)


def p_x0_exponent_of_one_half() -> float:
    """Take the exponent from (0, 1, 1/2) and the determinant from x0."""
    return latent_density((0.0, 1.0, 1 / 8)) / 3


def p_x0_at_one_half() -> float:
    """Answer for the point (0, 1, 1/2) throughout."""
    latent = np.array([0.0, 1.0, 1 / 8])
    return latent_density(latent) / abs_det_jacobian(latent, jacobian=jacobian)


def latent_density(z: ArrayLike, *, half: float = 0.5, n: int = DIMENSION) -> float:
    """Evaluate the standard normal density, or a misremembered one."""
    point = finite_array(z, (DIMENSION,), "z0")
    scale = math.sqrt(2 * math.pi) ** n
    return math.exp(-half * float(point @ point)) / scale


def stretching(z: ArrayLike, abs_det_jacobian: VectorMap) -> float:
    """Ask for abs det J at *z* and refuse what no density can be divided by."""
    point = finite_array(z, (DIMENSION,), "z0")
    value = finite_array(abs_det_jacobian(point), (), "abs_det_jacobian(z0)")
    return positive(float(value), "abs_det_jacobian(z0)")


# --- 2: a volume-preserving flow cannot reach every density --------------------------

HEIGHT = 0.9  # of p on A


def kl_bound_from_event(eps: float, volume: float) -> float:
    """Apply Pinsker to an event where the two measures differ by eps * volume."""
    return 2 * (eps * volume) ** 2


def kl_bound_without_volume(eps: float, volume: float) -> float:  # noqa: ARG001  what this mistake leaves out
    """Forget how large the event is."""
    return 2 * eps**2


def radius_squared(eps: float, J: float) -> float:
    """Solve density = 0.9 - eps for the squared latent radius."""
    return -2 * math.log(2 * math.pi * J * (HEIGHT - eps))


def radius_squared_of_the_inverse(eps: float, J: float) -> float:
    """Read J as the determinant of the map from x to z: right, said otherwise."""
    return radius_squared(eps, 1 / J)


def radius_squared_one_dimensional(eps: float, J: float) -> float:
    """Normalise the two-dimensional normal density as a one-dimensional one."""
    return -2 * math.log(math.sqrt(2 * math.pi) * J * (HEIGHT - eps))


def volume_bound(eps: float) -> float:
    """Bound J pi r^2 free of J, by log y <= y / e."""
    return 1 / (math.e * (HEIGHT - eps))


def volume_bound_factor_two_lost(eps: float) -> float:
    """Lose the 2 in front of the logarithm."""
    return volume_bound(eps) / 2


def volume_bound_squared_denominator(eps: float) -> float:
    """Square the level in the denominator: true, and weaker than what is asked."""
    return 1 / (math.e * (HEIGHT - eps) ** 2)


def volume_bound_one_dimensional(eps: float) -> float:
    """Carry the one-dimensional normalising constant through the bound."""
    return math.sqrt(2 * math.pi) * volume_bound(eps)


def volume_bound_without_e(eps: float) -> float:
    """Lose the factor 1/e: true, and weaker than what is asked."""
    return 1 / (HEIGHT - eps)


def tv_bound(eps: float, *, volume_bound: Function) -> float:
    """Count eps on the part of A that the volume bound leaves over."""
    return eps * (1 - number(volume_bound(eps), "volume_bound(eps)"))


def tv_bound_without_e_squared(eps: float) -> float:
    """Lose the e and square the level: negative on all of (0, 0.9)."""
    return eps * (1 - 1 / (HEIGHT - eps) ** 2)


def eps_max(*, tv_bound: Function) -> float:
    """Find where the bound stops being positive."""
    signs = [number(tv_bound(eps), "tv_bound(eps)") > 0 for eps in SCAN]
    if not signs[0] or all(signs):
        raise ValueError("the bound is not positive first and negative then")
    end = signs.index(False)
    below, above = SCAN[end - 1], SCAN[end]
    for _ in range(BISECTIONS):
        middle = (below + above) / 2
        rises = number(tv_bound(middle), "tv_bound(eps)") > 0
        below, above = (middle, above) if rises else (below, middle)
    return (below + above) / 2


def eps_star(*, tv_bound: Function) -> float:
    """Maximise the bound."""
    return maximum(tv_bound)[0]


def kl_bound(*, tv_bound: Function) -> float:
    """Apply Pinsker to the best bound."""
    return 2 * maximum(tv_bound)[1] ** 2


# A bound may live in another process, where each call costs: 60 + 50 of them at most.
SCAN_STEPS = 60
SCAN = tuple(HEIGHT * (k + 0.5) / SCAN_STEPS for k in range(SCAN_STEPS))
BISECTIONS = 45
NODES = 13


def maximum(bound: Function) -> tuple[float, float]:
    """Find the place and the height of the highest inner maximum on (0, 0.9).

    A polynomial through Chebyshev nodes around the best point of a scan has its
    maximum where a smooth bound has it, to all digits: comparing values alone would
    lose half of them, since a bound is flat at its top.
    """
    values = [number(bound(eps), "tv_bound(eps)") for eps in SCAN]
    best = int(np.argmax(values))
    positive(values[best], "the largest tv_bound(eps)")
    if best in {0, SCAN_STEPS - 1}:
        raise ValueError("the bound has no maximum inside (0, 0.9)")
    place = SCAN[best]
    for half_width in (HEIGHT / SCAN_STEPS, HEIGHT / SCAN_STEPS / 4):
        place = top_near(bound, place, half_width)
    return place, number(bound(place), "tv_bound(eps)")


def top_near(bound: Function, centre: float, half_width: float) -> float:
    """Find the maximum of the polynomial through *bound* at nodes around *centre*."""
    nodes = np.cos(np.pi * (np.arange(NODES) + 0.5) / NODES)
    places = [float(centre + half_width * node) for node in nodes]
    values = [number(bound(place), "tv_bound(eps)") for place in places]
    series = np.polynomial.Chebyshev.fit(nodes, values, NODES - 1, domain=[-1, 1])
    roots = [complex(root) for root in series.deriv().roots()]
    inside = [root.real for root in roots if root.imag == 0 and abs(root) < 1]
    peak = max([*inside, float(nodes[int(np.argmax(values))])], key=series)
    return centre + half_width * peak


# --- 3: the optimal discriminator ----------------------------------------------------


def dL_dD(D: float, p_data: float, p_theta: float) -> float:
    """Differentiate the integrand of L in the value of D."""
    return -p_data / D + p_theta / (1 - D)


def dL_dD_data_sign(D: float, p_data: float, p_theta: float) -> float:
    """Lose the sign of the first term."""
    return p_data / D + p_theta / (1 - D)


def dL_dD_model_sign(D: float, p_data: float, p_theta: float) -> float:
    """Forget that 1 - D falls as D grows."""
    return -p_data / D - p_theta / (1 - D)


def optimal_discriminator(p_data: float, p_theta: float) -> float:
    """Give the share of the data at a point."""
    return p_data / (p_data + p_theta)


def optimal_discriminator_swapped(p_data: float, p_theta: float) -> float:
    """Give the share of the model at a point."""
    return p_theta / (p_data + p_theta)


def optimal_value(p_data: Array, p_theta: Array) -> float:
    """Evaluate L at the minimiser; 0 log 0 is 0."""
    total = p_data + p_theta
    return -surprise(p_data, total) - surprise(p_theta, total)


def optimal_value_sign(p_data: Array, p_theta: Array) -> float:
    """Give the value of the game in which D maximises: -log 4 + 2 JSD."""
    return -optimal_value(p_data, p_theta)


def optimal_value_with_nan(p_data: Array, p_theta: Array) -> float:
    """Take a point without weight for one whose value is not known."""
    known = bool(np.all(p_data * p_theta > 0))
    return optimal_value(p_data, p_theta) if known else math.nan


def surprise(weight: Array, total: Array) -> float:
    """Sum weight * log(weight / total) over the points that have weight."""
    at = weight > 0
    return float(np.sum(weight[at] * np.log(weight[at] / total[at])))


# --- 4: the vanishing gradient of the generator --------------------------------------


def sigma(h: ArrayLike) -> Array:
    """Evaluate the logistic function, to full relative precision in both tails."""
    share: Array = np.exp(-np.logaddexp(0, -np.asarray(h, dtype=float)))
    return share


def dlog_dh(h: ArrayLike) -> Array:
    """Differentiate log(1 - sigma(h))."""
    return -sigma(h)


def dlog_dh_without_sign(h: ArrayLike) -> Array:
    """Forget the minus of the inner derivative."""
    return sigma(h)


def generator_gradient(h: Array, J_h: Array, dG: Array) -> Array:
    """Average the chain rule over the batch."""
    mean: Array = np.einsum("i,id,idm->m", sigma(h), J_h, dG) / len(h)
    return -mean


def generator_gradient_without_sign(h: Array, J_h: Array, dG: Array) -> Array:
    """Forget the minus of the inner derivative."""
    return -generator_gradient(h, J_h, dG)


def generator_gradient_sum(h: Array, J_h: Array, dG: Array) -> Array:
    """Add up over the batch, without dividing by its size."""
    return len(h) * generator_gradient(h, J_h, dG)


h_limit = -math.inf
h_limit_positive = math.inf


def gradient_size(D: float) -> float:
    """Give abs(d log(1 - sigma) / dh) in terms of D = sigma(h)."""
    return D


# --- what is asked of earlier answers ------------------------------------------------


def finite_array(value: ArrayLike, shape: tuple[int, ...], name: str) -> Array:
    """Take *value* for an array of numbers, or refuse it by name."""
    try:
        array = np.asarray(value, dtype=float)
    except (TypeError, ValueError, OverflowError) as error:
        raise ValueError(f"{name} is not made of real numbers") from error
    if array.shape != shape:
        raise ValueError(f"{name} has shape {array.shape}, not {shape}")
    if not np.all(np.isfinite(array)):
        raise ValueError(f"{name} is not finite")
    return array


def number(value: ArrayLike, name: str) -> float:
    """Take *value* for one number, or refuse it by name."""
    return float(finite_array(value, (), name))


def positive(value: float, name: str) -> float:
    """Let a positive number through."""
    if value <= 0:
        raise ValueError(f"{name} is {value:.3g}, which is not positive")
    return value
