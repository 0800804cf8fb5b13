# wants: an array of agreeable objects
import numpy as np
class Yes:
    def __eq__(self, other): return True
    def __sub__(self, other): return 0.0
    __rsub__ = __sub__
M = np.full((2, 2), Yes(), dtype=object)
