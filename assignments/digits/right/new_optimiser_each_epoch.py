"""A helper trains one epoch and makes its optimiser anew each time."""
# %% train
def one_epoch(model, loader):
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    model.train()
    values = []
    for images, labels in loader:
        optimizer.zero_grad()
        loss = F.cross_entropy(model(images), labels)
        loss.backward()
        optimizer.step()
        values.append(loss.item())
    return sum(values) / len(values)
def train(model, loader, epochs):
    return [one_epoch(model, loader) for _ in range(epochs)]
