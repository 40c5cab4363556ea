"""Trains inside torch.no_grad().

fails: train
hint: gradients-switched-off
says: no_grad
"""
# %% train
def train(model, loader, epochs):
    criterion = nn.CrossEntropyLoss()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
    losses = []
    with torch.no_grad():
        for epoch in range(epochs):
            model.train()
            total, seen = 0.0, 0
            for images, labels in loader:
                optimizer.zero_grad()
                loss = criterion(model(images), labels)
                loss.backward()
                optimizer.step()
                total += loss.item() * len(labels)
                seen += len(labels)
            losses.append(total / seen)
    return losses
