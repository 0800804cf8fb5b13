# wants: an answer too large to carry
import numpy as np
M = np.zeros((10_000, 2_000))
mass = list(range(1_000_000))
word = "x" * 10_000_000
