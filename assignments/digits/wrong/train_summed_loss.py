"""Sums the loss over the batch, with SGD's rate for a mean.

fails: train
hint: summed-loss
"""
# %% train
def train(model, loader, epochs):
    criterion = nn.CrossEntropyLoss(reduction="sum")
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    losses = []
    for epoch in range(epochs):
        model.train()
        total, seen = 0.0, 0
        for images, labels in loader:
            optimizer.zero_grad()
            loss = criterion(model(images), labels)
            loss.backward()
            optimizer.step()
            total += loss.item()
            seen += len(labels)
        losses.append(total / seen)
    return losses
