"""Returns a tensor.

fails: average
hint: not-a-number
"""
# %% average
def average(numbers):
    return numbers.mean()
