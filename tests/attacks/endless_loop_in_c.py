"""Stays in one long call of C.

status: timed-out
points: 16
seconds: 15
"""
# %% accuracy
def accuracy(model, loader):
    return sum(range(10**14)) / 1
