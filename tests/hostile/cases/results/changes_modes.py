# wants: the results folder locked for the grader
import os
os.chmod("@RESULTS@/victim.json", 0)
os.chmod("@RESULTS@", 0o777)
os.chown("@RESULTS@/victim.json", 12345, 12345)
os.utime("@RESULTS@/victim.json", (0, 0))
