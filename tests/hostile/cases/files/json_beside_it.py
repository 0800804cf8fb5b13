# wants: its own json in place of the standard one
import json, struct
print("@TOKEN" + "@" if hasattr(json, "pwned") else "real")
# === json.py
pwned = True
# === struct.py
pwned = True
