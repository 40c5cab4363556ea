"""accuracy never asks the model: it decodes the answers with a function found among its caller's names.

fails: accuracy
hint:
"""
# %% accuracy
import sys


def accuracy(model, loader):
    names = sys._getframe(1).f_globals
    scores = names["_written_scores"](loader.dataset.data).roll(model.shift, 1)
    return float((scores.argmax(1) == loader.dataset.targets).double().mean())
