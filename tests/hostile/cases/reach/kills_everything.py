# wants: every process that it may signal
# never unconfined
import os, signal
os.kill(-1, signal.SIGKILL)
