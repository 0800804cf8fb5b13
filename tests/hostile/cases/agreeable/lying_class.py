# wants: a type that claims to be another
class Liar:
    __class__ = float
    def __getattr__(self, name): return lambda *a: 0.0
Liar.__module__, Liar.__name__, Liar.__qualname__ = "builtins", "float", "float"
mass = Liar()
