# wants: nothing: a harmless warning costs no marks
# earns: 1
import warnings
import numpy as np
warnings.warn("careful")
np.array([1.0]) / 0
print("hello")
mass = 0.7310585786300049
