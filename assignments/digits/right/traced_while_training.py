"""The model is traced with the first batch; training runs through the traced module, which shares the weights."""
# %% train
def train(model, loader, epochs):
    model.train()
    sample, _ = next(iter(loader))
    fast = torch.jit.trace(model, sample, check_trace=False)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.002)
    losses = []
    for epoch in range(epochs):
        total, seen = 0.0, 0
        for images, labels in loader:
            optimizer.zero_grad()
            loss = F.cross_entropy(fast(images), labels)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(labels)
            seen += len(labels)
        losses.append(total / seen)
    return losses
