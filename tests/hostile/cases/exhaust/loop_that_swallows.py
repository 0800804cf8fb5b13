# wants: a loop that catches every interruption
# slow
while True:
    try:
        while True:
            pass
    except BaseException:
        pass
