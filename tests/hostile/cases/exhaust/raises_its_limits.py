# wants: more of everything by asking for it
import resource
for which in range(16):
    try:
        resource.setrlimit(which, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    except (OSError, ValueError):
        pass
kept = []
for _ in range(60):
    kept.append(bytearray(20_000_000))
print("@TOKEN" + "@")
