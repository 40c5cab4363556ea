"""Muon for matrices, AdamW for all other weights."""
# %% train
def train(model, loader, epochs):
    matrices = [p for p in model.parameters() if p.ndim == 2]
    others = [p for p in model.parameters() if p.ndim != 2]
    optimizers = []
    if matrices:
        optimizers.append(torch.optim.Muon(matrices, lr=0.02, weight_decay=0.01))
    if others:
        optimizers.append(torch.optim.AdamW(others, lr=0.002))

    losses = []
    for _ in range(epochs):
        model.train()
        total = 0.0
        for images, labels in loader:
            loss = F.cross_entropy(model(images), labels)
            loss.backward()
            for opt in optimizers:
                opt.step()
                opt.zero_grad()
            total += loss.item()
        losses.append(total / len(loader))
    return losses
