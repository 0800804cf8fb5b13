# wants: a text for staff that never ends
class Big:
    def __repr__(self): return "x" * 200_000_000
Big()
