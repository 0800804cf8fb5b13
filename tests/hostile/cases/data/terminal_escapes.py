# wants: escape sequences in what staff see
print("\x1b]0;owned\x07\x1b[2J\u202egnp.exe\x9b31m")
def f(x): raise ValueError("\x1b[2J\u202e <script>alert(1)</script>")
word = "\x1b[31m"
