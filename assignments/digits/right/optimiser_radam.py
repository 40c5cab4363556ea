"""RAdam, whose first steps are small."""
# %% train
def train(model, loader, epochs):
    optimizer = torch.optim.RAdam(model.parameters(), lr=0.003)
    losses = []
    for _ in range(epochs):
        model.train()
        total = torch.zeros(())
        for images, labels in loader:
            optimizer.zero_grad()
            loss = F.cross_entropy(model(images), labels)
            loss.backward()
            optimizer.step()
            total += loss.detach()
        losses.append((total / len(loader)).item())
    return losses
