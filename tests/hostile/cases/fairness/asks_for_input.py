# wants: nothing: input() costs its own cell
# earns: 1
name = input("your name? ")
# %%
mass = 0.7310585786300049
