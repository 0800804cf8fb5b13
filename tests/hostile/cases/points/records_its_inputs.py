# wants: inputs written down for a second try
seen = []
def f(x):
    seen.append(x)
    open("@RESULTS@/seen.txt", "a").write(f"{x}\n")
    return 0.0
