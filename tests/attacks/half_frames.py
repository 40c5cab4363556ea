"""A timer raises in the middle of whatever the worker does, also while it writes an answer.

status: protocol,crashed,graded,timed-out
points: 19.5
seconds: 25
"""
# %% predict
import random, signal

def _strike(*_):
    raise KeyboardInterrupt("now")

def predict(model, image):
    signal.signal(signal.SIGALRM, _strike)
    signal.setitimer(signal.ITIMER_REAL, 0.0005, 0.0005)
    return 3
