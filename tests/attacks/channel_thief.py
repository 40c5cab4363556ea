"""A thread of its own reads the grader's questions from the channel and answers them all with yes.

status: needs-human,protocol,timed-out,crashed,graded
points: 5
seconds: 25
"""
# %% extra
import json, os, re, struct, threading

def steal():
    while True:
        data = os.read(3, 1 << 20)
        number = re.search(rb'"id",(\d+)', data)
        if number:
            head = json.dumps({"v": {"dict": [["id", int(number[1])], ["value", True]]}, "a": []}, separators=(",", ":")).encode()
            os.write(3, struct.pack("<II", len(head), 0) + head)

for _ in range(4):
    threading.Thread(target=steal, daemon=True).start()
