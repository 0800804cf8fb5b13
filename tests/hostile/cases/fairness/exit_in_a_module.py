# wants: nothing: what stands before exit() counts
# earns: 1
# form: module
mass = 0.7310585786300049
import sys
sys.exit(1)
