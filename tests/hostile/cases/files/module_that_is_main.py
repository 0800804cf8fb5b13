# wants: a module that is run as a program
# form: module
if __name__ == "__main__":
    print("@TOKEN" + "@")
    mass = 0.7310585786300049
