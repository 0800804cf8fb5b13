# wants: a folder that nobody can list
import os
for number in range(3000):
    open(f"file{number}", "w").close()
path = "."
for _ in range(300):
    path += "/d"
    os.mkdir(path)
