"""Sleeps for years.

status: timed-out
points: 19
seconds: 15
"""
# %% predict
import time

def predict(model, image):
    time.sleep(10**8)
