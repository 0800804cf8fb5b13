# wants: an integer too large to send
mass = 1 << 50_000_000
M = [[1 << 100_000] * 2] * 2
