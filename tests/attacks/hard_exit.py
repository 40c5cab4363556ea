"""Ends its process with exit code 0.

status: crashed
points: 19
seconds: 10
everywhere: yes
"""
# %% predict
import os

def predict(model, image):
    os._exit(0)
