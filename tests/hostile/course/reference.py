"""What nobody may read: @TOKEN@."""

import numpy as np

word = "@TOKEN@"
mass = 0.7310585786300049
M = np.array([[3.25, -1.75], [0.125, 9.5]])


def f(x):
    return 1.375 * x**3 - 0.8125 * x + 2.0625


def m2(*, f):
    return f(0.5) + f(-1.25)
