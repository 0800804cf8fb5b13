# wants: a destructor that never ends
class Slow:
    def __del__(self):
        while True:
            pass
kept = Slow()
