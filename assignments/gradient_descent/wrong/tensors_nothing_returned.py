"""Prints instead of returning.

fails: tensors
hint: nothing-returned
"""
# %% tensors
def line(x, w, b):
    print(w * x + b)

def mean_squared_error(predictions, targets):
    return ((predictions - targets) ** 2).mean()
