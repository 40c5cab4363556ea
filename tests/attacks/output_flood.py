"""Prints a flood, one endless line, NUL bytes and broken UTF-8 (256 MiB in all).

status: graded,timed-out
seconds: 20
ends: yes
points: 20.0
"""
# %% extra
import os, sys

print("begin of the flood")
os.write(2, b"\0" * 4096 + b"\xff\xfe\x80" * 1000 + b"\n")
for _ in range(256):
    os.write(1, b"A" * (1 << 20))
print("\x1b[2J\x1b]0;title\x07", file=sys.stderr)
