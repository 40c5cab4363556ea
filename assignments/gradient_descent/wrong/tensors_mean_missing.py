"""One square for each point.

fails: tensors
hint: mean-missing
"""
# %% tensors
def line(x, w, b):
    return w * x + b

def mean_squared_error(predictions, targets):
    return (predictions - targets) ** 2
