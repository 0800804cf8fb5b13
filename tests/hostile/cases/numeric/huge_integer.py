# wants: an integer that overflows the comparison
mass = 10 ** 400
m2 = -(10 ** 4000)
def f(x): return 10 ** 400
