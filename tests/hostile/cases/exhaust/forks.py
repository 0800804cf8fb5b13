# wants: more processes than there is room for
import os, time
for _ in range(60):
    if os.fork() == 0:
        os.setsid()
        time.sleep(60)
        os._exit(0)
