# wants: NaN to slip through a comparison
import math
import numpy as np
mass = m2 = math.nan
M = np.full((2, 2), np.nan)
def f(x): return math.nan
