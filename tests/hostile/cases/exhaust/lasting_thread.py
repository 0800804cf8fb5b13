# wants: a thread that keeps the process alive
import threading, time
threading.Thread(target=lambda: time.sleep(10_000)).start()
