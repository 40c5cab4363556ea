"""Absolute differences.

fails: tensors
hint: square-missing
"""
# %% tensors
def line(x, w, b):
    return w * x + b

def mean_squared_error(predictions, targets):
    return (predictions - targets).abs().mean()
