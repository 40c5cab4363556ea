"""Spreads the pixels of the loader's items to -1..1, in place.

fails: train
hint: loader-data-changed
"""
# %% train
def spread(dataset):
    for i in range(len(dataset)):
        image, label = dataset[i]
        image.mul_(2).sub_(1)


def train(model, loader, epochs):
    spread(loader.dataset)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
    losses = []
    for epoch in range(epochs):
        model.train()
        total, seen = 0.0, 0
        for images, labels in loader:
            optimizer.zero_grad()
            loss = F.cross_entropy(model(images), labels)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(labels)
            seen += len(labels)
        losses.append(total / seen)
    return losses
