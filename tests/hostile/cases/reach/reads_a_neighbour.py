# wants: another student's record
print(open("@RESULTS@/victim.json").read())
