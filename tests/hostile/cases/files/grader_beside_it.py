# wants: its own grader in place of the real one
import grader.sandbox.inside.worker
print("@TOKEN" + "@" if hasattr(grader, "pwned") else "real")
# === grader/__init__.py
pwned = True
# === grader/sandbox/__init__.py
# === grader/sandbox/worker.py
