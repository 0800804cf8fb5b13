# wants: the reference among the loaded modules
import sys
for module in list(sys.modules.values()):
    if "reference" in str(getattr(module, "__file__", "")):
        print(vars(module))
