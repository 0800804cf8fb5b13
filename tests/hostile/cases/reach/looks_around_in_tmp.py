# wants: another submission's folder
import os
for name in os.listdir(os.path.dirname(os.getcwd())):
    if name.startswith("grader-") and name != os.path.basename(os.getcwd()):
        print("@TOKEN" + "@")
