"""Takes next(iter(loader)) in every step.

fails: train
hint: one-batch-only
"""
# %% train
def train(model, loader, epochs):
    sgd = torch.optim.SGD(model.parameters(), lr=0.1)
    history = []
    for _ in range(epochs):
        model.train()
        total, count = 0.0, 0
        for step in range(len(loader)):
            x, y = next(iter(loader))
            loss = F.cross_entropy(model(x), y)
            sgd.zero_grad()
            loss.backward()
            sgd.step()
            total += loss.item() * len(y)
            count += len(y)
        history.append(total / count)
    return history
