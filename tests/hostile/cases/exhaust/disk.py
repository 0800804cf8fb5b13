# wants: a full disk
for number in range(60):
    with open(f"big{number}", "wb") as file:
        for _ in range(50):
            file.write(bytes(1_000_000))
