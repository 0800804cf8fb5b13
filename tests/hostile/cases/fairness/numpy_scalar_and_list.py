# wants: nothing: a numpy number and a list are taken as such
# earns: 2
import numpy as np
mass = np.float32(0.73105858).astype(np.float64)
M = [[3.25, -1.75], [0.125, 9.5]]
