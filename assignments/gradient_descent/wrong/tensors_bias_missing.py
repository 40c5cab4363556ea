"""The bias is forgotten.

fails: tensors
hint: bias-missing
"""
# %% tensors
def line(x, w, b):
    return w * x

def mean_squared_error(predictions, targets):
    return ((predictions - targets) ** 2).mean()
