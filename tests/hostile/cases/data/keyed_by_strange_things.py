# wants: dictionaries with keys that no record takes
import numpy as np
mass = {float("nan"): 1, (1, 2): 2, frozenset({3}): 3, None: 4, True: 5}
M = {np.float64(1): [1, {2: (3,)}], b"x": object()}
