"""The losses come back as a tuple, made by a generator."""
# %% train
def epoch_losses(model, loader, epochs):
    optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
    for _ in range(epochs):
        model.train()
        total, seen = 0.0, 0
        for images, labels in loader:
            optimizer.zero_grad()
            loss = F.cross_entropy(model(images), labels)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(labels)
            seen += len(labels)
        yield total / seen

def train(model, loader, epochs):
    return tuple(epoch_losses(model, loader, epochs))
