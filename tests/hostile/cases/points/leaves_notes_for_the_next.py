# wants: what it learnt, for the next submission
import pathlib
for place in ("/tmp/notes.txt", "/dev/shm/notes.txt", "/var/tmp/notes.txt", "../notes.txt"):
    try:
        with open(place, "x") as notes:
            notes.write("learnt")
        print("@TOKEN" + "@")
        pathlib.Path(place).unlink()
    except OSError:
        pass
