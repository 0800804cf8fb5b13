# wants: the reference's source
print(open("@COURSE@/reference.py").read())
