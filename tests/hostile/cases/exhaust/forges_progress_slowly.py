# wants: a run that never ends, by messages that claim progress, with pauses
# slow
import json, os, struct, time
header = json.dumps(["began", [0, 0], []]).encode()
frame = struct.pack("<II", len(header), 0) + header
while True:
    for descriptor in range(3, 12):
        try:
            os.write(descriptor, frame)
        except BaseException:
            pass
    time.sleep(0.2)
