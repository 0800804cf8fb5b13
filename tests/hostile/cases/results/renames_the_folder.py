# wants: the results folder out of the way
import os
os.rename("@RESULTS@", "@RESULTS@.old")
