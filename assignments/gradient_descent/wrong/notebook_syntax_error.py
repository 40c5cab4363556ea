"""A bracket is missing.

fails: tensors
hint: syntax-error
"""
# %% tensors
def line(x, w, b:
    return w * x + b

def mean_squared_error(predictions, targets):
    return ((predictions - targets) ** 2).mean()
