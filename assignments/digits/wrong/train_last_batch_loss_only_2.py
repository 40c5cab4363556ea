"""Overwrites the epoch's entry in every batch.

fails: train
hint: last-batch-loss-only
"""
# %% train
def train(model, loader, epochs):
    sgd = torch.optim.SGD(model.parameters(), lr=0.1)
    losses = [0.0] * epochs
    for i in range(epochs):
        model.train()
        for x, y in loader:
            loss = F.cross_entropy(model(x), y)
            sgd.zero_grad()
            loss.backward()
            sgd.step()
            losses[i] = float(loss)
    return losses
