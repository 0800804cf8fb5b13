# wants: the grader itself
# never unconfined
import os, signal
os.kill(int("@PARENT@"), signal.SIGUSR1)
print("@TOKEN" + "@")
