"""Divides by 4, whatever the number of points.

fails: tensors
"""
# %% tensors
def line(x, w, b):
    return w * x + b

def mean_squared_error(predictions, targets):
    return ((predictions - targets) ** 2).sum() / 4
