"""Computes each point by itself and stacks them."""
# %% tensors
def line(x, w, b):
    return torch.stack([w * each + b for each in x])

def mean_squared_error(predictions, targets):
    off = predictions - targets
    return torch.dot(off, off) / off.numel()
