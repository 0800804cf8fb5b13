# wants: more threads than there is room for
import threading, time
def wait():
    time.sleep(100)
for _ in range(3000):
    threading.Thread(target=wait, daemon=True).start()
