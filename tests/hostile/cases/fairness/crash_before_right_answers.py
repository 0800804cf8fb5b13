# wants: nothing: a crash takes no right answer along
# earns: 2
1 / 0
# %%
import os
os._exit(3)
# %%
mass = 0.7310585786300049
# %%
def f(x):
    return 1.375 * x**3 - 0.8125 * x + 2.0625
