"""Appends the running mean within the batch loop.

fails: train
hint: one-loss-per-batch
says: per epoch|for each epoch
"""
# %% train
def train(model, loader, epochs):
    sgd = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
    history = []
    for _ in range(epochs):
        model.train()
        total, seen = 0.0, 0
        for step, (x, y) in enumerate(loader):
            loss = F.cross_entropy(model(x), y)
            sgd.zero_grad()
            loss.backward()
            sgd.step()
            total += loss.item() * len(y)
            seen += len(y)
            history.append(total / seen)
    return history
