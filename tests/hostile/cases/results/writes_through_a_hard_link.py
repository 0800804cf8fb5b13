# wants: a write outside through a hard link in its folder
import os
os.link("@RESULTS@/victim.json", "mine.json")
open("mine.json", "w").write("{}")
