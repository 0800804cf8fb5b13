# wants: a flood of printed text
for _ in range(200_000):
    print("x" * 100)
import os
for _ in range(200):
    os.write(1, b"y" * 65536)
