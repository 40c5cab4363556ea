"""Even batches move the first half of the weights, odd ones the second half."""
# %% train
def train(model, loader, epochs):
    weights = list(model.parameters())
    middle = (len(weights) + 1) // 2
    optimizers = [torch.optim.Adam(group, lr=0.002) for group in (weights[:middle], weights[middle:]) if group]
    losses, turn = [], 0
    for epoch in range(epochs):
        model.train()
        total, seen = 0.0, 0
        for images, labels in loader:
            model.zero_grad()
            loss = F.cross_entropy(model(images), labels)
            loss.backward()
            optimizers[turn % len(optimizers)].step()
            turn += 1
            total += loss.item() * len(labels)
            seen += len(labels)
        losses.append(total / seen)
    return losses
