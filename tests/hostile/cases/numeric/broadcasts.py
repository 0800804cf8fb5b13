# wants: a shape that broadcasts against the right one
import numpy as np
M = np.zeros((2, 2, 1))
mass = np.zeros((1,))
def f(x): return np.zeros(0)
