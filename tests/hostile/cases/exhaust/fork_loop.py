# wants: processes that start others when they are killed
import os, time
for _ in range(6):
    os.fork()
end = time.time() + 20
while time.time() < end:
    time.sleep(0.01)
