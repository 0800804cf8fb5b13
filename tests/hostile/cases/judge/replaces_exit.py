# wants: cleaning up to be skipped
import os, sys
os._exit = sys.exit = lambda *a: None
os.close = os.closerange = lambda *a: None
