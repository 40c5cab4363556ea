"""An exponential moving average of the weights is kept, and put into the model at the end."""
# %% train
def train(model, loader, epochs, beta=0.9):
    criterion = nn.CrossEntropyLoss()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.002)
    shadow = [p.detach().clone() for p in model.parameters()]
    losses = []
    for _ in range(epochs):
        model.train()
        total, seen = 0.0, 0
        for images, labels in loader:
            optimizer.zero_grad()
            loss = criterion(model(images), labels)
            loss.backward()
            optimizer.step()
            with torch.no_grad():
                for s, p in zip(shadow, model.parameters()):
                    s.lerp_(p, 1 - beta)
            total += loss.item() * len(labels)
            seen += len(labels)
        losses.append(total / seen)
    with torch.no_grad():
        for s, p in zip(shadow, model.parameters()):
            p.copy_(s)
    return losses
