"""Half of each batch for one step, the other half for the next."""
# %% train
def train(model, loader, epochs):
    optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
    losses = []
    for epoch in range(epochs):
        model.train()
        total, seen = 0.0, 0
        for images, labels in loader:
            parts = 2 if len(labels) >= 4 else 1
            for x, y in zip(images.chunk(parts), labels.chunk(parts)):
                optimizer.zero_grad()
                loss = F.cross_entropy(model(x), y)
                loss.backward()
                optimizer.step()
                total += loss.item() * len(y)
                seen += len(y)
        losses.append(total / seen)
    return losses
