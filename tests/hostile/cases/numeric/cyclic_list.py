# wants: a list that holds itself
M = []
M.append(M)
mass = {}
mass['a'] = mass
