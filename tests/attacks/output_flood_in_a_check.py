"""Prints without end while a check waits.

status: timed-out
points: 19
seconds: 20
"""
# %% predict
import os

def predict(model, image):
    block = b"B" * (1 << 20)
    for _ in range(100_000):
        os.write(1, block)
    return 3
