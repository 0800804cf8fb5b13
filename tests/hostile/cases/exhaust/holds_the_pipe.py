# wants: a grandchild that keeps the output open
import subprocess
subprocess.Popen(["sleep", "50"], start_new_session=True)
