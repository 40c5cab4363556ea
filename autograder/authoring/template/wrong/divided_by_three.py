"""Works for three numbers only.

fails: average
"""
# %% average
def average(numbers):
    return numbers.sum().item() / 3
