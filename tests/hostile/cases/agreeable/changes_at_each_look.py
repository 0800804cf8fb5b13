# wants: a value that is different whenever it is asked
import random
class Moving:
    def __float__(self): return random.random()
    def __array__(self, dtype=None): import numpy; return numpy.random.rand(2, 2)
mass = M = Moving()
def f(x): return random.random()
