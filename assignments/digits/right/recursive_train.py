"""train calls itself for the remaining epochs and hands its optimiser on."""
# %% train
def train(model, loader, epochs, _optimizer=None):
    if epochs == 0:
        return []
    optimizer = _optimizer or torch.optim.Adam(model.parameters(), lr=0.001)
    model.train()
    total, seen = 0.0, 0
    for images, labels in loader:
        optimizer.zero_grad()
        loss = F.cross_entropy(model(images), labels)
        loss.backward()
        optimizer.step()
        total += loss.item() * len(labels)
        seen += len(labels)
    return [total / seen] + train(model, loader, epochs - 1, optimizer)
