"""A new tensor that has forgotten where it came from.

fails: tensors
hint: loss-not-a-tensor
"""
# %% tensors
def line(x, w, b):
    return w * x + b

def mean_squared_error(predictions, targets):
    return torch.tensor(((predictions - targets) ** 2).mean())
