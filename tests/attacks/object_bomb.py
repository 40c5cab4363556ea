"""Builds millions of small objects (at most 12 million).

status: graded,out-of-memory,timed-out
points: 19
seconds: 25
"""
# %% predict
def predict(model, image):
    held = None
    for _ in range(12_000_000):
        held = [held, {}]
    return 3
