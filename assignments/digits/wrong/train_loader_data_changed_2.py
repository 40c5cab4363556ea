"""Moves the dataset's stored images one pixel to the right in every epoch.

fails: train
hint: loader-data-changed
"""
# %% train
def train(model, loader, epochs):
    sgd = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
    history = []
    for _ in range(epochs):
        model.train()
        total = 0.0
        for x, y in loader:
            loss = F.cross_entropy(model(x), y)
            sgd.zero_grad()
            loss.backward()
            sgd.step()
            total += loss.item() * len(y)
        history.append(total / len(loader.dataset))
        loader.dataset.data = torch.roll(loader.dataset.data, shifts=1, dims=-1)  # new digits for nothing
    return history
