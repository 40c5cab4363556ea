"""Replaces the stand-ins' record of what happened by a number.

fails: accuracy
hint:
also: predict
"""
# %% accuracy
import stand_ins

stand_ins.visit = lambda *arguments: 5


def accuracy(model, loader):
    return 0.5
