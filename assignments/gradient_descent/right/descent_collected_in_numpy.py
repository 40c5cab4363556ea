"""Gathers the places in a NumPy array, with extra arguments."""
# %% descent
import numpy as np

def descend(f, start, learning_rate, steps, verbose=False):
    path = np.zeros(steps + 1)
    path[0] = start
    for i in range(1, steps + 1):
        w = torch.tensor(path[i - 1], requires_grad=True)
        f(w).backward()
        path[i] = path[i - 1] - learning_rate * w.grad.numpy()
        if verbose:
            print(i, path[i])
    return path
