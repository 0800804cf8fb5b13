# wants: its own record, written when its process ends
import atexit, pathlib
def late():
    pathlib.Path("@RESULTS@/results.json").write_text("{}")
atexit.register(late)
