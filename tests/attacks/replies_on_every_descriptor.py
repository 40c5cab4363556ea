"""Writes well-formed answers to every open descriptor while its cells run.

status: protocol
points: 0
seconds: 10
everywhere: yes
"""
# %% extra
import json, os, struct

for number in range(1, 20):
    head = json.dumps({"v": {"dict": [["id", number], ["value", True]]}, "a": []}).encode()
    for descriptor in range(1, 256):
        try:
            os.write(descriptor, struct.pack("<II", len(head), 0) + head)
        except OSError:
            pass
