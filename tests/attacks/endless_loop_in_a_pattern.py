"""Runs a regular expression that explodes.

status: timed-out
points: 16
seconds: 15
"""
# %% accuracy
import re

def accuracy(model, loader):
    return float(len(re.findall(r"(x+x+)+y", "x" * 64)))
