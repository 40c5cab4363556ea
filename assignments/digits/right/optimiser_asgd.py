"""Averaged SGD."""
# %% train
def train(model, loader, epochs):
    optimizer = torch.optim.ASGD(model.parameters(), lr=0.1)
    losses = []
    for _ in range(epochs):
        model.train()
        values = []
        for images, labels in loader:
            optimizer.zero_grad()
            loss = F.cross_entropy(model(images), labels)
            loss.backward()
            optimizer.step()
            values.append(loss.item())
        losses.append(sum(values) / len(values))
    return losses
