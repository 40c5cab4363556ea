"""One optimiser for the first weight, another for all others."""
# %% train
def train(model, loader, epochs):
    first, *rest = model.parameters()
    optimizers = [torch.optim.Adam([first], lr=0.001)]
    if rest:
        optimizers.append(torch.optim.SGD(rest, lr=0.1))
    losses = []
    for _ in range(epochs):
        model.train()
        total, seen = 0.0, 0
        for images, labels in loader:
            for o in optimizers: o.zero_grad()
            loss = F.cross_entropy(model(images), labels)
            loss.backward()
            for o in optimizers: o.step()
            total += loss.item() * len(labels)
            seen += len(labels)
        losses.append(total / seen)
    return losses
