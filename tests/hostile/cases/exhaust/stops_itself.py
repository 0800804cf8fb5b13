# wants: a stopped process that waits for somebody
# slow
import os, signal
os.kill(os.getpid(), signal.SIGSTOP)
