"""A list instead of a tensor.

fails: tensors
hint: tensor-lost
"""
# %% tensors
def line(x, w, b):
    return [w * each + b for each in x.tolist()]

def mean_squared_error(predictions, targets):
    return ((predictions - targets) ** 2).mean()
