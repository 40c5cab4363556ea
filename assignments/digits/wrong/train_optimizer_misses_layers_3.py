"""Steps by hand, and only the first layer's weights.

fails: train
hint: optimizer-misses-layers
"""
# %% train
def train(model, loader, epochs):
    rate = 0.1
    first, *others = model.parameters()
    losses = []
    for epoch in range(epochs):
        model.train()
        sums, seen = 0.0, 0
        for images, labels in loader:
            loss = F.cross_entropy(model(images), labels)
            model.zero_grad()
            loss.backward()
            with torch.no_grad():
                first -= rate * first.grad
            sums += loss.item() * len(images)
            seen += len(images)
        losses.append(sums / seen)
    return losses
