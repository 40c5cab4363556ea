"""Stops itself with SIGSTOP, with busy threads left behind by an earlier answer.

status: timed-out
points: 19
seconds: 20
"""
# %% predict
import os, signal, threading

def _busy():
    while True:
        pass

def predict(model, image):
    for _ in range(8):
        threading.Thread(target=_busy, daemon=True).start()
    os.kill(os.getpid(), signal.SIGSTOP)
    return 3
