# wants: its own record, written after grading
import os, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        time.sleep(0.3)
        open("@RESULTS@/results.json", "w").write("{}")
    os._exit(0)
