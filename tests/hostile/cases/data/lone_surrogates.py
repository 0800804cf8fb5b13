# wants: text that cannot be written to a file
word = "\ud800\udfff"
globals()["\udc80name"] = 1
def f(x): raise ValueError("\ud800")
print("\ud800")
