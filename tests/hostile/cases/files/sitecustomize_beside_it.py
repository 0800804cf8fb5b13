# wants: code that runs before the grader's
import sitecustomize
# === sitecustomize.py
open("@RESULTS@/owned", "w")
# === conftest.py
open("@RESULTS@/owned", "w")
# === usercustomize.py
open("@RESULTS@/owned", "w")
