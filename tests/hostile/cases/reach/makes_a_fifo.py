# wants: a file whose reader waits forever
import os
os.mkfifo("hw.ipynb")
os.mkfifo("results.json")
