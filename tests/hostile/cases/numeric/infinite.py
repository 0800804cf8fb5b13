# wants: an infinite tolerance from an infinite value
import numpy as np
mass = m2 = float('inf')
M = np.full((2, 2), np.inf)
def f(x): return -float('inf')
