# wants: memory that outlives it
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
if libc.shmget(4711, 4096, 0o1666) >= 0:
    print("@TOKEN" + "@")
