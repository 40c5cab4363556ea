"""optimizer.step gets a closure that computes loss and gradients."""
# %% train
def train(model, loader, epochs):
    criterion = nn.CrossEntropyLoss()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
    losses = []
    for _ in range(epochs):
        model.train()
        total, seen = 0.0, 0
        for images, labels in loader:
            def closure():
                optimizer.zero_grad()
                loss = criterion(model(images), labels)
                loss.backward()
                return loss
            loss = optimizer.step(closure)
            total += loss.item() * len(labels)
            seen += len(labels)
        losses.append(total / seen)
    return losses
