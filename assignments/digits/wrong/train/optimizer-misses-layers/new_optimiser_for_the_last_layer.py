"""From the second epoch on an optimiser of the last layer goes on alone."""
# %% train
def train(model, loader, epochs):
    everything = torch.optim.SGD(model.parameters(), lr=0.1)
    fine_tuning = torch.optim.SGD(list(model.parameters())[-2:], lr=0.05)
    losses = []
    for epoch in range(epochs):
        model.train()
        optimizer = everything if epoch == 0 else fine_tuning
        total, seen = 0.0, 0
        for images, labels in loader:
            loss = F.cross_entropy(model(images), labels)
            model.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(labels)
            seen += len(labels)
        losses.append(total / seen)
    return losses
