"""Scores are divided by a temperature of 20 before the loss, and the rate is twenty times as large."""
# %% train
def train(model, loader, epochs):
    optimizer = torch.optim.SGD(model.parameters(), lr=2.0)
    losses = []
    for epoch in range(epochs):
        model.train()
        total, seen = 0.0, 0
        for images, labels in loader:
            optimizer.zero_grad()
            loss = F.cross_entropy(model(images) / 20, labels)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(labels)
            seen += len(labels)
        losses.append(total / seen)
    return losses
