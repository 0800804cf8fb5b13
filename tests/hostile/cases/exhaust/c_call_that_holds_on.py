# wants: a call that never comes back to the interpreter
# slow
import re
re.match(r"(a*)*b", "a" * 40)
