"""Normalised gradient descent: every step has the same length, which shrinks from epoch to epoch."""
# %% train
def train(model, loader, epochs):
    weights = list(model.parameters())
    losses = []
    for epoch in range(epochs):
        model.train()
        length = 0.1 / (1 + epoch) ** 0.5
        total, seen = 0.0, 0
        for images, labels in loader:
            loss = F.cross_entropy(model(images), labels)
            gradients = torch.autograd.grad(loss, weights)
            norm = torch.sqrt(sum((g ** 2).sum() for g in gradients))
            with torch.no_grad():
                for w, g in zip(weights, gradients):
                    w -= length * g / norm
            total += loss.item() * len(labels)
            seen += len(labels)
        losses.append(total / seen)
    return losses
