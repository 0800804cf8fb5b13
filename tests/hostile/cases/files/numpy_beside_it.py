# wants: its own numpy in place of the real one
import numpy as np
M = np.zeros((2, 2))
mass = 1.0 if hasattr(np, "pwned") else 2.0
print("@TOKEN" + "@" if hasattr(np, "pwned") else "real")
# === numpy.py
pwned = True
def zeros(*a): return None
