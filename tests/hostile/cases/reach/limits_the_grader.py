# wants: the grader's own limits lowered
import resource
resource.prlimit(int("@PARENT@"), resource.RLIMIT_CORE, (0, 0))
print("@TOKEN" + "@")
