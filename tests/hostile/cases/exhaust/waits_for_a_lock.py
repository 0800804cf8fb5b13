# wants: a deadlock
# slow
import threading
lock = threading.Lock()
lock.acquire()
def f(x):
    lock.acquire()
