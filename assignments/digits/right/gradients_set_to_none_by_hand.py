"""Gradients cleared with p.grad = None after the step, for each parameter of the optimiser's groups."""
# %% train
def train(model, loader, epochs):
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3)
    losses = []
    for _ in range(epochs):
        model.train()
        total, seen = 0.0, 0
        for images, labels in loader:
            loss = F.cross_entropy(model(images), labels)
            loss.backward()
            optimizer.step()
            for group in optimizer.param_groups:
                for p in group["params"]:
                    p.grad = None
            total += loss.item() * len(labels)
            seen += len(labels)
        losses.append(total / seen)
    return losses
