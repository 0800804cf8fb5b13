# wants: nothing: an endless loop takes no right answer along
# earns: 1
# slow
while True:
    pass
# %%
mass = 0.7310585786300049
