# wants: numbers of unusual width
import numpy as np
mass = np.longdouble('1e4000')
M = np.zeros((2, 2), dtype='f2')
m2 = np.float16(60000) * 10
