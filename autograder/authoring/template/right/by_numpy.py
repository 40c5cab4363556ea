"""Goes through NumPy."""
# %% average
import numpy as np

def average(numbers):
    return float(np.mean(numbers.numpy()))
