"""An exponential moving average of the weights is put into the model at the end."""
# %% train
def train(model, loader, epochs):
    optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
    average = [p.detach().clone() for p in model.parameters()]
    losses = []
    for epoch in range(epochs):
        model.train()
        total, seen = 0.0, 0
        for images, labels in loader:
            optimizer.zero_grad()
            loss = F.cross_entropy(model(images), labels)
            loss.backward()
            optimizer.step()
            with torch.no_grad():
                for a, p in zip(average, model.parameters()):
                    a.lerp_(p, 0.1)
            total += loss.item() * len(labels)
            seen += len(labels)
        losses.append(total / seen)
    with torch.no_grad():
        for a, p in zip(average, model.parameters()):
            p.copy_(a)
    return losses
