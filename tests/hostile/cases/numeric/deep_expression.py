# wants: an expression that is deeper than any stack
import sympy as sp
x = sp.Symbol('x')
e = x
for _ in range(2000):
    e = sp.sin(e, evaluate=False)
mass = e
w = []
for _ in range(100_000):
    w = [w]
M = w
