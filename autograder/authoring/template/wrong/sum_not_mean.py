"""Forgets to divide.

fails: average
hint: sum-not-mean
"""
# %% average
def average(numbers):
    return numbers.sum().item()
