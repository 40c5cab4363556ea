"""Fills memory to the last byte and keeps it: nothing is left to tell of it (at most 12 million objects).

status: graded,out-of-memory,timed-out
points: 19
seconds: 25
"""
# %% predict
held = None


def predict(model, image):
    global held
    for size in (1 << 24, 1 << 16, 1 << 12, *range(480, 0, -16), 0):
        try:
            for _ in range(400_000):
                held = (held, b"x" * size, {}) if size else (held,)
        except MemoryError:
            pass
    raise MemoryError
