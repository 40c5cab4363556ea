"""Momentum is kept in the gradients: they fade to nine tenths instead of being cleared."""
# %% train
def train(model, loader, epochs):
    optimizer = torch.optim.SGD(model.parameters(), lr=0.03)
    losses = []
    for epoch in range(epochs):
        model.train()
        total, seen = 0.0, 0
        for images, labels in loader:
            for p in model.parameters():
                if p.grad is not None:
                    p.grad *= 0.9
            loss = F.cross_entropy(model(images), labels)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(labels)
            seen += len(labels)
        losses.append(total / seen)
    return losses
