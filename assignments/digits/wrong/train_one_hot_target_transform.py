"""Gives the loader's dataset a target_transform that makes one-hot labels, and leaves it there.

fails: train
hint: loader-data-changed
"""
# %% train
def train(model, loader, epochs):
    loader.dataset.target_transform = lambda label: F.one_hot(torch.tensor(int(label)), 10).float()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
    losses = []
    for epoch in range(epochs):
        model.train()
        total, seen = 0.0, 0
        for images, targets in loader:
            optimizer.zero_grad()
            loss = F.cross_entropy(model(images), targets)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(images)
            seen += len(images)
        losses.append(total / seen)
    return losses
