"""Sums in a loop over the tensor and divides by the count."""
# %% tensors
def line(x, w, b):
    return w * x + b

def mean_squared_error(predictions, targets):
    total = 0
    for p, t in zip(predictions, targets):
        total = total + (p - t) * (p - t)
    return total / len(targets)
