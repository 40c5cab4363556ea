"""Leaves train as it was handed out.

fails: train
hint: not-attempted
"""
# %% train
def train(model, loader, epochs):
    # TODO: train the model
    raise NotImplementedError
