# wants: the process above it
import os, signal
os.kill(os.getppid(), signal.SIGKILL)
