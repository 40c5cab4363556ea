"""Turns the labels into integer one-hot rows.

fails: train
hint: labels-changed-in-train
"""
# %% train
def train(model, loader, epochs):
    sgd = torch.optim.SGD(model.parameters(), lr=0.1)
    history = []
    for _ in range(epochs):
        model.train()
        total = 0.0
        for x, y in loader:
            target = F.one_hot(y, num_classes=10)
            loss = F.cross_entropy(model(x), target)
            sgd.zero_grad()
            loss.backward()
            sgd.step()
            total += loss.item() * len(y)
        history.append(total / len(loader.dataset))
    return history
