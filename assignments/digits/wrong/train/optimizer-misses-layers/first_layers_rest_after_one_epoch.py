"""After the first epoch only the last layer learns on; at the end all weights want to learn again."""
# %% train
def train(model, loader, epochs):
    weights = list(model.parameters())
    optimizer = torch.optim.Adam(weights, lr=0.001)
    losses = []
    for epoch in range(epochs):
        model.train()
        for weight in weights[:-2]:
            weight.requires_grad_(epoch == 0)
        total, seen = 0.0, 0
        for images, labels in loader:
            optimizer.zero_grad()
            loss = F.cross_entropy(model(images), labels)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(labels)
            seen += len(labels)
        losses.append(total / seen)
    for weight in weights:
        weight.requires_grad_(True)
    return losses
