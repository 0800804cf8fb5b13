# wants: more memory than it is given, in one call
def f(x):
    return [0] * 10**11
