"""Uses PyTorch's own loss and function calls instead of operators."""
# %% tensors
import torch.nn.functional as F

def line(x, w, b):
    return torch.add(torch.mul(x, w), b)

def mean_squared_error(predictions, targets):
    return F.mse_loss(predictions, targets)
