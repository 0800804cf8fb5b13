# wants: an empty array, in which nothing is wrong
import numpy as np
M = np.zeros((0, 2))
mass = np.array([])
def f(x): return []
