# wants: nothing: a function that kills its process costs itself
# earns: 2
import numpy as np
mass = 0.7310585786300049
def f(x):
    import os, signal
    os.kill(os.getpid(), signal.SIGKILL)
M = np.array([[3.25, -1.75], [0.125, 9.5]])
