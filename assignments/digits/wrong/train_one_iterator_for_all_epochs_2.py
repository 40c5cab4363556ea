"""Enumerates the loader once, before the epochs.

fails: train
hint: one-iterator-for-all-epochs
"""
# %% train
def train(model, loader, epochs):
    sgd = torch.optim.SGD(model.parameters(), lr=0.1)
    numbered = enumerate(loader)
    history = []
    for epoch in range(epochs):
        model.train()
        total, seen = 0.0, 0
        for number, (x, y) in numbered:
            loss = F.cross_entropy(model(x), y)
            sgd.zero_grad()
            loss.backward()
            sgd.step()
            total += loss.item() * len(y)
            seen += len(y)
        history.append(total / max(seen, 1))
    return history
