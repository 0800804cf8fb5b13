# wants: another program in its own place
import os
os.execv("/bin/cat", ["cat", "@COURSE@/reference.py"])
