# wants: the reference as a module
import sys
sys.path.insert(0, "@COURSE@")
import reference
print(reference.word)
mass, f, M, word = reference.mass, reference.f, reference.M, reference.word
m2 = reference.m2(f=f)
