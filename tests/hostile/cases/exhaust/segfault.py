# wants: a crash of the interpreter
def f(x):
    import ctypes
    return ctypes.string_at(0)
mass = 1
