"""Batches follow the device and dtype of the model's first weight."""
# %% extra
def like(model):
    weight = next(iter(model.parameters()), None)
    if weight is None:
        return {}
    return {"device": weight.device, "dtype": weight.dtype}
# %% train
def train(model, loader, epochs):
    optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
    losses = []
    for epoch in range(epochs):
        model.train()
        total, seen = 0.0, 0
        for images, labels in loader:
            images = images.to(**like(model))
            labels = labels.to(images.device)
            optimizer.zero_grad()
            loss = F.cross_entropy(model(images), labels)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(labels)
            seen += len(labels)
        losses.append(total / seen)
    return losses
# %% accuracy
def accuracy(model, loader):
    model.eval()
    correct = seen = 0
    with torch.no_grad():
        for images, labels in loader:
            scores = model(images.to(**like(model))).cpu()
            correct += (scores.argmax(dim=1) == labels.cpu()).sum().item()
            seen += len(labels)
    return correct / seen
