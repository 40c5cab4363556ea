"""Trains the first few times that it is called, as in the check cells, and then no more.

fails: any
"""
# %% extra
calls = 0

# %% train
def train(model, loader, epochs):
    global calls
    calls += 1
    losses = []
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1 if calls <= 2 else 0.0)
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
        losses.append(total / seen / (epoch + 1))
    return losses
