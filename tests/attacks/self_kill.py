"""Sends itself SIGKILL.

status: crashed
points: 19
seconds: 10
everywhere: yes
"""
# %% predict
import os, signal

def predict(model, image):
    os.kill(os.getpid(), signal.SIGKILL)
