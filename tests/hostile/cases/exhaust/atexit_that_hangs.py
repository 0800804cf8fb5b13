# wants: an exit handler that never ends
import atexit
@atexit.register
def wait():
    while True:
        pass
raise SystemExit
