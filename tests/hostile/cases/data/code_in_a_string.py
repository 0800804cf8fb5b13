# wants: a text to be evaluated by the judge
word = "__import__('os').system('touch @RESULTS@/owned')"
mass = "0*open('@RESULTS@/owned','w').write('x')"
M = [["exec('1/0')"] * 2] * 2
