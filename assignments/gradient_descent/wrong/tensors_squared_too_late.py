"""Squares the mean.

fails: tensors
hint: squared-too-late
"""
# %% tensors
def line(x, w, b):
    return w * x + b

def mean_squared_error(predictions, targets):
    return (predictions - targets).mean() ** 2
