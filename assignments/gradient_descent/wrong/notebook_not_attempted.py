"""One part was left open.

fails: descent
hint: not-attempted
"""
# %% descent
def descend(f, start, learning_rate, steps):
    raise NotImplementedError("This part is still a TODO: write it, then delete this line.")
