# wants: an expression that explodes when it is evaluated
import sympy as sp
x = sp.Symbol('x')
mass = sp.Pow(9, sp.Pow(9, sp.Pow(9, 9, evaluate=False), evaluate=False), evaluate=False)
m2 = sp.Float('1e100000000')
