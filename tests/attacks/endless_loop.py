"""Loops in Python.

status: timed-out
points: 19
seconds: 15
"""
# %% predict
def predict(model, image):
    while True:
        try:
            while True:
                pass
        except BaseException:
            pass
