# wants: look-alike and hidden names
mаss = 0.5
globals()["ma\u200bss"] = 1.0
globals()[""] = 2.0
globals()[7] = 3.0
