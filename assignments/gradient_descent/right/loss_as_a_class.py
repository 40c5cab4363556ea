"""Keeps the loss in an object and the line in a lambda."""
# %% tensors
line = lambda x, w, b: b + x * w
mean_squared_error = torch.nn.MSELoss()
