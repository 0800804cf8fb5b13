# wants: an integer that takes forever
# slow
x = 9 ** 9 ** 9
