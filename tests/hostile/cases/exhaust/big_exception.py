# wants: an exception whose text is a bomb
class Bomb(Exception):
    def __str__(self): return "x" * 100_000_000
def f(x): raise Bomb
raise Bomb
