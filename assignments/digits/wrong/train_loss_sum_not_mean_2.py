"""Never resets the total between epochs.

fails: train
hint: loss-sum-not-mean
"""
# %% train
def train(model, loader, epochs):
    sgd = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
    history = []
    total = 0.0
    for _ in range(epochs):
        model.train()
        for x, y in loader:
            loss = F.cross_entropy(model(x), y)
            sgd.zero_grad()
            loss.backward()
            sgd.step()
            total += loss.item() * len(y)
        history.append(total / len(loader.dataset))
    return history
