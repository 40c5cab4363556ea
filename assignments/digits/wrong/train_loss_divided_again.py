"""Divides the mean loss by the number of digits before backward.

fails: train
hint: loss-divided-again
"""
# %% train
def train(model, loader, epochs):
    criterion = nn.CrossEntropyLoss()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.05)
    losses = []
    for epoch in range(epochs):
        model.train()
        total, seen = 0.0, 0
        for images, labels in loader:
            optimizer.zero_grad()
            loss = criterion(model(images), labels)
            total += loss.item() * len(labels)
            seen += len(labels)
            loss = loss / len(loader.dataset)
            loss.backward()
            optimizer.step()
        losses.append(total / seen)
    return losses
