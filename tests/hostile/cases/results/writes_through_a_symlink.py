# wants: a write outside through a link in its folder
import os
os.symlink("@RESULTS@", "out")
open("out/results.json", "w").write("{}")
