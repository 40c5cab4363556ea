"""Losses and accuracy are floats of two small subclasses that print themselves nicely."""
# %% train
class Loss(float):
    def __repr__(self):
        return f"{float(self):.3f}"

def train(model, loader, epochs):
    optimizer = torch.optim.Adam(model.parameters(), lr=0.002)
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
        losses.append(Loss(total / seen))
    return losses
# %% accuracy
class Share(float):
    def __str__(self):
        return f"{100 * float(self):.2f} %"

def accuracy(model, loader):
    model.eval()
    right = seen = 0
    with torch.no_grad():
        for images, labels in loader:
            right += (model(images).argmax(dim=1) == labels).sum().item()
            seen += len(labels)
    return Share(right / max(1, seen))
