"""Forgets the parentheses after the loss class.

fails: train
hint: loss-object-misused
"""
# %% train
def train(model, loader, epochs):
    criterion = nn.CrossEntropyLoss
    optimizer = torch.optim.AdamW(model.parameters())
    losses = []
    for epoch in range(epochs):
        model.train()
        total, seen = 0.0, 0
        for images, labels in loader:
            loss = criterion(model(images), labels)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(labels)
            seen += len(labels)
        losses.append(total / seen)
    return losses
