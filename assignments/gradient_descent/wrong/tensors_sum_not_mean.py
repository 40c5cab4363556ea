"""The sum of the squares.

fails: tensors
hint: sum-not-mean
"""
# %% tensors
def line(x, w, b):
    return w * x + b

def mean_squared_error(predictions, targets):
    return ((predictions - targets) ** 2).sum()
