# wants: code that runs whenever Python starts
import site, sys
for folder in [*site.getsitepackages(), site.getusersitepackages(), *sys.path[:-1]]:
    try:
        open(f"{folder}/zz_hostile.pth", "x").write("import os")
        print("@TOKEN" + "@")
        import os
        os.unlink(f"{folder}/zz_hostile.pth")
    except OSError:
        pass
