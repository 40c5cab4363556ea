"""Replaces the stand-ins' record of what happened by a number.

fails: accuracy
hint:
also: predict
"""
# %% accuracy
import sys

_helpers = sys._getframe(1).f_locals["self"].stand_ins

_helpers["visit"] = lambda *arguments: 5


def accuracy(model, loader):
    return 0.5
