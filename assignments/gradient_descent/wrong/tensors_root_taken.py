"""The root of the mean square.

fails: tensors
hint: root-taken
"""
# %% tensors
def line(x, w, b):
    return w * x + b

def mean_squared_error(predictions, targets):
    return ((predictions - targets) ** 2).mean().sqrt()
