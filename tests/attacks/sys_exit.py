"""Calls sys.exit(0) in a stub.

status: graded
points: 19
seconds: 5
everywhere: yes
"""
# %% predict
import sys

def predict(model, image):
    sys.exit(0)
