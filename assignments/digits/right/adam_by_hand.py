"""Adam written out from the paper, gradients from torch.autograd.grad."""
# %% train
def train(model, loader, epochs):
    b1, b2, eps, lr = 0.9, 0.999, 1e-8, 1e-3
    params = [p for p in model.parameters() if p.requires_grad]
    m = [torch.zeros_like(p) for p in params]
    v = [torch.zeros_like(p) for p in params]
    t = 0
    losses = []
    for _ in range(epochs):
        model.train()
        total, seen = 0.0, 0
        for images, labels in loader:
            loss = F.cross_entropy(model(images), labels)
            grads = torch.autograd.grad(loss, params)
            t += 1
            with torch.no_grad():
                for p, g, mi, vi in zip(params, grads, m, v):
                    mi.mul_(b1).add_((1 - b1) * g)
                    vi.mul_(b2).add_((1 - b2) * g * g)
                    p -= lr * (mi / (1 - b1**t)) / ((vi / (1 - b2**t)).sqrt() + eps)
            total += loss.item() * len(labels)
            seen += len(labels)
        losses.append(total / seen)
    return losses
