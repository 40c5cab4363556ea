"""Steps after the forward pass but before this batch's backward.

fails: train
hint: step-before-backward
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
            loss = criterion(model(images), labels)
            optimizer.step()
            optimizer.zero_grad()
            loss.backward()
            total += loss.item() * len(labels)
            seen += len(labels)
        losses.append(total / seen)
    return losses
