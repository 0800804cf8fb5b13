# wants: a structured array
import numpy as np
M = np.zeros(4, dtype=[('a', 'f8'), ('b', 'O')])
mass = np.datetime64('NaT')
