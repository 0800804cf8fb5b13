# wants: code that runs when its value is printed or copied
import sympy as sp
class Sly(sp.Function):
    def _latex(self, *a): open("@RESULTS@/owned", "w"); return "x"
    _sympystr = _sympyrepr = _latex
    @classmethod
    def eval(cls, x): return None
mass = Sly(sp.Symbol("x"))
