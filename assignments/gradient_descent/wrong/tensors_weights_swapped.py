"""b belongs to x, w stands alone.

fails: tensors
hint: weights-swapped
"""
# %% tensors
def line(x, w, b):
    return b * x + w

def mean_squared_error(predictions, targets):
    return ((predictions - targets) ** 2).mean()
