# wants: other students' records gone
import shutil
shutil.rmtree("@RESULTS@")
