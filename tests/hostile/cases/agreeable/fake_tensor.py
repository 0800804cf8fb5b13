# wants: a tensor of a package that it only claims to come from
class Tensor:
    def detach(self): return self
    def cpu(self): return self
    def numpy(self): return self
    def __array__(self, *a): return 1 / 0
    def __eq__(self, other): return True
Tensor.__module__ = "torch"
mass = M = Tensor()
