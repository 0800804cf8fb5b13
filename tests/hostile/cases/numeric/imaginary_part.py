# wants: a dropped imaginary part
mass = 0.7310 + 4j
def f(x): return complex(0, x)
M = [[1j, 2], [3, 4]]
