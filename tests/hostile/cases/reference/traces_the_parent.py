# wants: control over the process above it
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
if libc.ptrace(16, os.getppid(), 0, 0) == 0:
    print("@TOKEN" + "@")
    libc.ptrace(17, os.getppid(), 0, 0)
