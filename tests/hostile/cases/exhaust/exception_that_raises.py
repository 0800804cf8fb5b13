# wants: an exception that raises when it is told
class Bomb(BaseException):
    def __str__(self): raise Bomb
    __repr__ = __str__
    def __getattribute__(self, name): raise Bomb
def f(x): raise Bomb
raise Bomb
