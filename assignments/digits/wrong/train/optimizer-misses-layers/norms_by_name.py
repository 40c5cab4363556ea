"""Leaves out by name what belongs to a norm."""
# %% train
def train(model, loader, epochs):
    norms = (nn.BatchNorm1d, nn.BatchNorm2d, nn.LayerNorm, nn.GroupNorm)
    held = {id(p) for m in model.modules() if isinstance(m, norms) for p in m.parameters()}
    rest = [p for p in model.parameters() if id(p) not in held]
    losses = []
    for epoch in range(epochs):
        model.train()
        total, seen = 0.0, 0
        for images, labels in loader:
            loss = F.cross_entropy(model(images), labels)
            gradients = torch.autograd.grad(loss, rest)
            with torch.no_grad():
                for p, g in zip(rest, gradients):
                    p -= 0.1 * g
            total += loss.item() * len(labels)
            seen += len(labels)
        losses.append(total / seen)
    return losses
