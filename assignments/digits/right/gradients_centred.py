"""Gradients of matrices are centred before the step, and the batch's gradient norm is noted."""
# %% train
def train(model, loader, epochs):
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
    losses = []
    for _ in range(epochs):
        model.train()
        total, seen, norms = 0.0, 0, []
        for images, labels in loader:
            optimizer.zero_grad()
            loss = F.cross_entropy(model(images), labels)
            loss.backward()
            for p in model.parameters():
                if p.grad is not None and p.grad.ndim == 2 and p.grad.shape[1] > 10:
                    p.grad -= p.grad.mean(dim=1, keepdim=True)
            norms.append(sum(p.grad.norm().item() ** 2 for p in model.parameters() if p.grad is not None) ** 0.5)
            optimizer.step()
            total += loss.item() * len(labels)
            seen += len(labels)
        losses.append(total / seen)
    return losses
