"""Doubles bytearrays and strings (up to 2 GiB).

status: graded,out-of-memory,timed-out
points: 15
seconds: 20
"""
# %% accuracy
def accuracy(model, loader):
    data = bytearray(b"x")
    while len(data) < 2 << 30:
        data += data
    return 1.0
# %% predict
def predict(model, image):
    text = "é"
    while len(text) < 1 << 29:
        text += text
    return 3
