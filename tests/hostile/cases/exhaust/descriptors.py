# wants: no descriptors left for the answers
kept = [open("/dev/null") for _ in range(100_000)]
