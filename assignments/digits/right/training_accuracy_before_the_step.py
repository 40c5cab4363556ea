"""The batch is looked at a second time between backward and step, to note how many digits are already right."""
# %% train
def train(model, loader, epochs, verbose=False):
    optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
    losses = []
    for epoch in range(epochs):
        model.train()
        total, seen, right = 0.0, 0, 0
        for images, labels in loader:
            optimizer.zero_grad()
            loss = F.cross_entropy(model(images), labels)
            loss.backward()
            right += (model(images).argmax(dim=1) == labels).sum().item()
            optimizer.step()
            total += loss.item() * len(labels)
            seen += len(labels)
        losses.append(total / seen)
        if verbose:
            print(epoch, losses[-1], right / seen)
    return losses
