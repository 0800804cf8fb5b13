# wants: nothing: one right answer after many that hang
# earns: 1
# slow
def f(x):
    while True:
        pass
class Hang:
    pass
M = f
mass = 0.7310585786300049
