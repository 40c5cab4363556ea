"""Calls backward on loss.item().

fails: train
hint: backward-needs-one-loss
"""
# %% train
def train(model, loader, epochs):
    criterion = nn.CrossEntropyLoss()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
    losses = []
    for epoch in range(epochs):
        model.train()
        total, seen = 0.0, 0
        for images, labels in loader:
            optimizer.zero_grad()
            loss = criterion(model(images), labels).item()
            loss.backward()
            optimizer.step()
            total += loss * len(labels)
            seen += len(labels)
        losses.append(total / seen)
    return losses
