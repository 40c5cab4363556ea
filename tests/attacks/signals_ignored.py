"""Ignores alarm, CPU-limit and termination signals, and loops.

status: timed-out
points: 19
seconds: 15
everywhere: yes
"""
# %% predict
import signal

def predict(model, image):
    for number in signal.valid_signals():
        try:
            signal.signal(number, signal.SIG_IGN)
        except (OSError, ValueError):
            pass
    while True:
        pass
