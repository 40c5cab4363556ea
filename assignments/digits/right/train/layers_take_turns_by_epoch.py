"""First layers and last layers learn in turns, an epoch each."""
# %% train
def train(model, loader, epochs):
    weights = list(model.parameters())
    first = torch.optim.Adam(weights[:-2] or weights, lr=0.003)
    last = torch.optim.Adam(weights[-2:], lr=0.003)
    losses = []
    for epoch in range(epochs):
        model.train()
        optimizer = first if epoch % 2 == 0 else last
        total, seen = 0.0, 0
        for images, labels in loader:
            model.zero_grad()
            loss = F.cross_entropy(model(images), labels)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(labels)
            seen += len(labels)
        losses.append(total / seen)
    return losses
