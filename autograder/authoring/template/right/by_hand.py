"""Adds up in a loop."""
# %% average
def average(numbers):
    total = 0
    for number in numbers:
        total += number.item()
    return total / len(numbers)
