"""Returns a falling list without training.

fails: train
hint: made-up-losses
"""
# %% train
def train(model, loader, epochs):
    model.train()
    return [2.3 * 0.6**epoch for epoch in range(epochs)]
