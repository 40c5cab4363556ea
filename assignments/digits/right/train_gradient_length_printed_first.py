"""Prints how long the gradient of the whole loader is before it learns from anything."""
# %% train
def train(model, loader, epochs):
    optimizer = torch.optim.Adam(model.parameters(), lr=0.002)
    losses = []
    model.train()
    for images, labels in loader:
        (F.cross_entropy(model(images), labels) / len(loader)).backward()
    length = sum(weight.grad.square().sum().item() for weight in model.parameters()) ** 0.5
    print(f"length of the first gradient: {length:.3f}")
    for epoch in range(epochs):
        model.train()
        total, count = 0.0, 0
        for images, labels in loader:
            optimizer.zero_grad()
            loss = F.cross_entropy(model(images), labels)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(labels)
            count += len(labels)
        losses.append(total / count)
    return losses
