"""torch.autograd.grad, its result assigned to p.grad: old gradients are overwritten, so zero_grad is not needed."""
# %% train
def train(model, loader, epochs):
    params = list(model.parameters())
    optimizer = torch.optim.Adam(params, lr=0.001)
    losses = []
    for _ in range(epochs):
        model.train()
        total, seen = 0.0, 0
        for images, labels in loader:
            loss = F.cross_entropy(model(images), labels)
            for p, g in zip(params, torch.autograd.grad(loss, params)):
                p.grad = g
            optimizer.step()
            total += loss.item() * len(labels)
            seen += len(labels)
        losses.append(total / seen)
    return losses
