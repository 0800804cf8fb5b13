# wants: a long sleep, which costs no processor time
# slow
import time
time.sleep(10_000)
