"""The loss becomes an ordinary number.

fails: tensors
hint: loss-not-a-tensor
"""
# %% tensors
def line(x, w, b):
    return w * x + b

def mean_squared_error(predictions, targets):
    return ((predictions - targets) ** 2).mean().item()
