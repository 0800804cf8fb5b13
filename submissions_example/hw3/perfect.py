"""Homework 3."""

import numpy as np


def f_inverse(x):
    x1, x2, x3 = x
    return np.array([x1, x2 * np.exp(-x1), (x3**3 - x1**2) * np.exp(x1)])


x0 = np.array([0, 1, 1/3])
z0 = f_inverse(x0)


def jacobian(z):
    z1, z2, z3 = z
    u = z3 * np.exp(-z1) + z1**2
    c = 1 / (3 * np.cbrt(u)**2)
    return np.array([
        [1, 0, 0],
        [z2 * np.exp(z1), np.exp(z1), 0],
        [c * (2*z1 - z3*np.exp(-z1)), 0, c * np.exp(-z1)],
    ])


def abs_det_jacobian(z):
    return abs(np.linalg.det(jacobian(z)))


p_x0 = (2*np.pi)**(-3/2) * np.exp(-z0 @ z0 / 2) / abs_det_jacobian(z0)


def kl_bound_from_event(eps, volume):
    return 2 * (eps * volume)**2


def radius_squared(eps, J):
    return -2 * np.log(2 * np.pi * J * (0.9 - eps))


def volume_bound(eps):
    return 1 / (np.e * (0.9 - eps))


def tv_bound(eps):
    return eps * (1 - volume_bound(eps))

eps_max = 0.9 - 1/np.e


eps_star = 0.9 - np.sqrt(0.9 / np.e)
kl_bound = 2 * tv_bound(eps_star)**2


def dL_dD(D, p_data, p_theta):
    return -p_data / D + p_theta / (1 - D)


def optimal_discriminator(p_data, p_theta):
    return p_data / (p_data + p_theta)


def optimal_value(p_data, p_theta):
    total = 0.0
    for p, q in zip(p_data, p_theta):
        if p > 0:
            total -= p * np.log(p / (p + q))
        if q > 0:
            total -= q * np.log(q / (p + q))
    return total


def sigmoid(h):
    return 1 / (1 + np.exp(-h))

def dlog_dh(h):
    return -sigmoid(h)


def generator_gradient(h, J_h, dG):
    n = len(h)
    return -sum(sigmoid(h[i]) * J_h[i] @ dG[i] for i in range(n)) / n


h_limit = -np.inf


def gradient_size(D):
    return D


if __name__ == "__main__":
    print("z0       ", z0)
    print("p(x0)    ", p_x0)
    print("eps_max  ", eps_max)
    print("eps_star ", eps_star)
    print("KL bound ", kl_bound)
