"""A small L2 penalty is added to the loss by hand, and reported with it."""
# %% train
def train(model, loader, epochs):
    criterion = nn.CrossEntropyLoss()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
    losses = []
    for _ in range(epochs):
        model.train()
        total, seen = 0.0, 0
        for images, labels in loader:
            optimizer.zero_grad()
            penalty = sum((w ** 2).sum() for w in model.parameters())
            loss = criterion(model(images), labels) + 1e-5 * penalty
            loss.backward()
            optimizer.step()
            total += loss.item() * len(labels)
            seen += len(labels)
        losses.append(total / seen)
    return losses
