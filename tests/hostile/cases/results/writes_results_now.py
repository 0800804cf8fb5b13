# wants: its own record in the results folder
import json, pathlib
for name in ("results.json", "victim.json", "gradebook.csv"):
    pathlib.Path("@RESULTS@", name).write_text(json.dumps({"score": 100}))
