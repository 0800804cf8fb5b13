# wants: a pickle to be loaded by the judge
class Bomb:
    def __reduce__(self):
        return (open, ("@RESULTS@/owned", "w"))
mass = M = word = Bomb()
def f(x): return Bomb()
